package dev.ridgepoint.results.validate;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import java.util.List;
import java.util.function.Function;

/**
 * A bundle after its validation, with what was read on the way, so that nobody need read it again.
 *
 * @param findings what is wrong with it; nothing else here is to be used where errors are among them
 * @param run head of {@code result.json}, null where it cannot be read
 * @param context null where it cannot be read
 * @param cases what was kept of the cases of {@code result.json}, in its order
 * @param <R> what is kept of a case
 */
public record Validated<R>(List<Finding> findings, RunDocument run, Context context, List<R> cases) {

    /** Says what to keep of the cases of a run; asked once, where head and context can be read. */
    public interface Keeping<R> {
        /** What is made of a case, on any thread; null keeps nothing. */
        Function<CaseResult, R> of(RunDocument run, Context context);
    }
}
