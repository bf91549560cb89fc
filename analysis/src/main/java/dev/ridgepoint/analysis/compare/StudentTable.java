package dev.ridgepoint.analysis.compare;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * The 97.5 % quantile of Student's t by degrees of freedom, from a table: a power takes a thousand of them and an exact
 * one tens of microseconds. It is smooth in 1/df; the error is below 1e-4 of it.
 */
final class StudentTable {
    private static final int STEPS = 1024;
    private static final double[] BY_INVERSE_DF = table();

    private StudentTable() {}

    /** @param df from 1 up */
    static double twoSided(double df) {
        double at = STEPS / Math.max(1, df);
        int below = Math.min(STEPS - 1, (int) at);
        return BY_INVERSE_DF[below] + (at - below) * (BY_INVERSE_DF[below + 1] - BY_INVERSE_DF[below]);
    }

    private static double[] table() {
        double[] table = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            // A million degrees of freedom stand for the normal distribution.
            double df = i == 0 ? 1e6 : (double) STEPS / i;
            table[i] = new TDistribution(null, df).inverseCumulativeProbability(1 - DetectableChange.ALPHA / 2);
        }
        return table;
    }
}
