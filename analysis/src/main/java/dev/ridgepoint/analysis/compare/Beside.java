package dev.ridgepoint.analysis.compare;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Figures shown beside the test, which decide nothing. */
final class Beside {
    private static final int RESAMPLES = 1000;

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
        SplittableRandom random = new SplittableRandom(seed);
        double[] found = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            found[i] = paired
                    ? mean(TwoSamples.differences(base, candidate), random)
                    : mean(candidate, random) - mean(base, random);
        }
        Arrays.sort(found);
        int tail = RESAMPLES / 40;
        return new double[] {found[tail], found[RESAMPLES - 1 - tail]};
    }

    private static double mean(double[] values, SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[random.nextInt(values.length)];
        }
        return sum / values.length;
    }
}
