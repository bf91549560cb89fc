package dev.ridgepoint.analysis.decide;

import java.util.List;

/**
 * Alternatives side by side, as they are printed and recorded. There is no order of merit and no score in it: which
 * dimension matters is for whoever decides.
 *
 * @param format {@link #FORMAT}
 * @param schema version of this format
 * @param made when, UTC
 * @param inputs what it was made of
 * @param triggers when it expires
 * @param alternatives the runs
 * @param questions questions with two answers or more
 * @param unshared questions with a single answer
 * @param steps models' steps
 * @param served the load, where one was given
 * @param mix the mix, where one was given
 * @param leftOut cases that do not count, with reasons
 * @param formulas how each derived figure follows from measured and priced ones
 * @param assumptions what it takes for granted
 * @param limits what it does not say
 */
public record Decision(
        String format,
        String schema,
        String made,
        Inputs inputs,
        List<Trigger> triggers,
        List<Alternative> alternatives,
        List<SharedQuestion> questions,
        int unshared,
        List<StepOption> steps,
        List<ServedOption> served,
        List<MixOption> mix,
        List<LeftOut> leftOut,
        List<String> formulas,
        List<String> assumptions,
        List<String> limits) {
    public static final String FORMAT = "ridgepoint-decision";
    public static final String SCHEMA = "1.1.0";

    public Decision {
        if (!FORMAT.equals(format)) {
            throw new IllegalArgumentException("format: expected " + FORMAT + ", got " + format);
        }
        if (!SCHEMA.equals(schema)) {
            throw new IllegalArgumentException("schema: expected " + SCHEMA + ", got " + schema);
        }
    }

    /**
     * Inputs by digest, of canonical JSON or of bytes; null where there was none.
     *
     * @param bundles seals in the order of the alternatives
     * @param prices the price file
     * @param arrivals the file of recorded arrivals
     * @param load the load in words
     * @param mix the mix's problems
     */
    public record Inputs(List<String> bundles, String prices, String arrivals, String load, String mix) {}
}
