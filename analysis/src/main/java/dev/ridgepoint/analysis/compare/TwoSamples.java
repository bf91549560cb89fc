package dev.ridgepoint.analysis.compare;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A difference of means of log fork times, and how far it can be trusted: Welch's, or Student's on differences within
 * blocks.
 *
 * @param difference candidate's mean log less the base's
 * @param error its standard error
 * @param df degrees of freedom; of no account without an error
 */
public record TwoSamples(double difference, double error, double df) {

    /** Independent forks of unequal variances, after Welch; at least two a side. */
    public static TwoSamples welch(double[] base, double[] candidate) {
        double a = StatUtils.variance(base) / base.length;
        double b = StatUtils.variance(candidate) / candidate.length;
        double df = (a + b) * (a + b) / (a * a / (base.length - 1) + b * b / (candidate.length - 1));
        return new TwoSamples(StatUtils.mean(candidate) - StatUtils.mean(base), Math.sqrt(a + b), df);
    }

    /** Fork i of both taken in block i; at least two blocks. */
    public static TwoSamples paired(double[] base, double[] candidate) {
        double[] differences = differences(base, candidate);
        return new TwoSamples(
                StatUtils.mean(differences),
                Math.sqrt(StatUtils.variance(differences) / differences.length),
                differences.length - 1);
    }

    static double[] differences(double[] base, double[] candidate) {
        double[] differences = new double[base.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = candidate[i] - base[i];
        }
        return differences;
    }

    /** Two-sided, of a difference of none. */
    public double p() {
        return Math.min(1, 2 * above(Math.abs(difference)));
    }

    /** The larger p of two one-sided tests, of a difference beyond {@code margin} either way. */
    double pEquivalent(double margin) {
        return Math.max(above(margin - difference), above(margin + difference));
    }

    public double low(double confidence) {
        return difference - half(confidence);
    }

    public double high(double confidence) {
        return difference + half(confidence);
    }

    /** Half the width of the interval, for who needs both bounds: a quantile takes longer than all the rest. */
    double half(double confidence) {
        return error > 0 ? error * student().inverseCumulativeProbability((1 + confidence) / 2) : 0;
    }

    /** The chance that an estimate lies above its truth by {@code distance}; certain knowledge where nothing varies. */
    private double above(double distance) {
        if (!(error > 0)) {
            return distance > 0 ? 0 : 1;
        }
        return student().cumulativeProbability(-distance / error);
    }

    private TDistribution student() {
        return new TDistribution(null, df);
    }
}
