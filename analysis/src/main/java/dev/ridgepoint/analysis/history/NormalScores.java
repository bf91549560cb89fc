package dev.ridgepoint.analysis.history;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/**
 * Ranks as a normal sample of their number would have them (van der Waerden), scaled to unit variance. One run gone
 * astray then weighs no more than the last rank does, nothing has to be assumed about how times are distributed, and
 * against normal noise next to no power is lost.
 */
final class NormalScores {
    private NormalScores() {}

    /** The scores in the order of the values; equal values share the mean of their ranks. */
    static double[] of(double[] values) {
        int n = values.length;
        Integer[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .toArray(Integer[]::new);
        double[] scores = new double[n];
        double squares = 0;
        for (int from = 0; from < n; ) {
            int to = from + 1;
            while (to < n && values[order[to]] == values[order[from]]) {
                to++;
            }
            double score = quantile((from + to + 1) / 2.0 / (n + 1));
            for (int i = from; i < to; i++) {
                scores[order[i]] = score;
                squares += score * score;
            }
            from = to;
        }
        double scale = squares > 0 ? Math.sqrt((n - 1) / squares) : 0;
        for (int i = 0; i < n; i++) {
            scores[i] *= scale;
        }
        return scores;
    }

    private static double quantile(double p) {
        return Math.sqrt(2) * Erf.erfInv(2 * p - 1);
    }
}
