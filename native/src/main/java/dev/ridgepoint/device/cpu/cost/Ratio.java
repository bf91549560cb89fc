package dev.ridgepoint.device.cpu.cost;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Two ways to do the same, timed in turn in one run: other load on the machine meets both alike, so their ratio stands
 * where neither time does.
 *
 * @param oursNs median time of our way
 * @param theirsNs median time of the other way
 * @param ratio median over rounds of ours / theirs
 * @param low first quartile of the rounds' ratios
 * @param high third quartile
 * @param rounds how often both were timed
 */
public record Ratio(double oursNs, double theirsNs, double ratio, double low, double high, int rounds) {
    private static final int WARM_UP = 5;

    /** Times both in the order A B B A, round after round; each supplier runs its way once and returns nanoseconds. */
    static Ratio of(int rounds, LongSupplier ours, LongSupplier theirs) {
        for (int i = 0; i < WARM_UP; i++) {
            ours.getAsLong();
            theirs.getAsLong();
        }
        double[] a = new double[rounds];
        double[] b = new double[rounds];
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            boolean oursFirst = i % 2 == 0;
            long first = oursFirst ? ours.getAsLong() : theirs.getAsLong();
            long second = oursFirst ? theirs.getAsLong() : ours.getAsLong();
            a[i] = oursFirst ? first : second;
            b[i] = oursFirst ? second : first;
            ratios[i] = a[i] / b[i];
        }
        Arrays.sort(ratios);
        return new Ratio(median(a), median(b), ratios[rounds / 2], ratios[rounds / 4], ratios[3 * rounds / 4], rounds);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The same for {@code calls} calls a round: times of one call. */
    Ratio perCall(long calls) {
        return new Ratio(oursNs / calls, theirsNs / calls, ratio, low, high, rounds);
    }
}
