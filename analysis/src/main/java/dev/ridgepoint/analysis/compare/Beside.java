package dev.ridgepoint.analysis.compare;

import java.util.Arrays;

/** Figures shown beside the test, which decide nothing. */
final class Beside {
    private static final int RESAMPLES = 1000;
    /** Resamples beyond either bound. */
    private static final int TAIL = RESAMPLES / 40;

    private Beside() {}

    /** How much more often a fork of the candidate takes longer than one of the base than the other way round. */
    static double cliffsDelta(double[] base, double[] candidate) {
        long balance = 0;
        for (double a : base) {
            for (double b : candidate) {
                balance += (int) Math.signum(b - a);
            }
        }
        return (double) balance / ((long) base.length * candidate.length);
    }

    /** 95 % interval of the difference of mean logs, forks drawn again with replacement; the same every time. */
    static double[] bootstrap(double[] base, double[] candidate, boolean paired, long seed) {
        Draws draws = new Draws(seed);
        double[] differences = paired ? TwoSamples.differences(base, candidate) : null;
        // Of a thousand only the outermost are asked for: the lowest, and the negatives of the highest.
        double[] lowest = new double[TAIL + 1];
        double[] highest = new double[TAIL + 1];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        Arrays.fill(highest, Double.POSITIVE_INFINITY);
        for (int i = 0; i < RESAMPLES; i++) {
            double found = paired ? mean(differences, draws) : mean(candidate, draws) - mean(base, draws);
            keepIfLow(lowest, found);
            keepIfLow(highest, -found);
        }
        return new double[] {lowest[TAIL], -highest[TAIL]};
    }

    /** @param kept ascending; its last makes room for a lower value */
    private static void keepIfLow(double[] kept, double value) {
        int at = kept.length - 1;
        if (!(value < kept[at])) {
            return;
        }
        while (at > 0 && value < kept[at - 1]) {
            kept[at] = kept[at - 1];
            at--;
        }
        kept[at] = value;
    }

    private static double mean(double[] values, Draws draws) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[draws.next(values.length)];
        }
        return sum / values.length;
    }
}
