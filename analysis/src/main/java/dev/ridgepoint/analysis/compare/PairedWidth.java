package dev.ridgepoint.analysis.compare;

/** How far the ratio of two sides is known whose forks took turns: the width {@code compare --paired} will print. */
public final class PairedWidth {
    private PairedWidth() {}

    /**
     * The larger half of the ratio's 95 % interval, relative to the ratio; infinite under two blocks.
     *
     * @param base nanoseconds of the forks of one side, by block
     * @param candidate those of the other in the same blocks
     */
    public static double of(double[] base, double[] candidate) {
        if (base.length < 2) {
            return Double.POSITIVE_INFINITY;
        }
        TwoSamples test = TwoSamples.paired(logs(base), logs(candidate));
        return Math.expm1(test.high(Statistics.CONFIDENCE) - test.difference());
    }

    private static double[] logs(double[] values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(values[i]);
        }
        return logs;
    }
}
