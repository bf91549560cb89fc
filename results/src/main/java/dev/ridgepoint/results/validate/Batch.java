package dev.ridgepoint.results.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks many small things on all cores and reports them in their order. What waits is bounded in number and in bytes.
 *
 * @param <T> what is checked
 * @param <R> what is learnt from it
 */
final class Batch<T, R> {
    private static final int MOST = 512;
    private static final long MOST_BYTES = 4L << 20;
    private static final int WORTH_SHARING = 32;

    private final Findings findings;
    private final BiFunction<T, Findings, R> check;
    private final Consumer<R> after;
    private final List<T> waiting = new ArrayList<>();
    private long bytes;

    /**
     * @param check runs on any thread and reports to the findings it is given
     * @param after runs on the caller's thread, in order
     */
    Batch(Findings findings, BiFunction<T, Findings, R> check, Consumer<R> after) {
        this.findings = findings;
        this.check = check;
        this.after = after;
    }

    private record Done<R>(R result, Findings findings) {}

    /** Adds a thing that takes so many bytes. */
    void add(T thing, long size) {
        waiting.add(thing);
        bytes += size;
        if (waiting.size() >= MOST || bytes >= MOST_BYTES) {
            finish();
        }
    }

    /** Checks what still waits. */
    void finish() {
        Stream<T> things = waiting.size() < WORTH_SHARING ? waiting.stream() : waiting.parallelStream();
        List<Done<R>> done = things.map(this::one).toList();
        waiting.clear();
        bytes = 0;
        for (Done<R> each : done) {
            findings.addAll(each.findings);
            after.accept(each.result);
        }
    }

    private Done<R> one(T thing) {
        Findings own = new Findings();
        try {
            return new Done<>(check.apply(thing, own), own);
        } catch (Findings.WrongThroughout enough) {
            // Taking over what it found ends the whole check, on the caller's thread.
            return new Done<>(null, own);
        }
    }
}
