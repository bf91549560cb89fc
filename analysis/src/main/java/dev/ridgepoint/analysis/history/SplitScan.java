package dev.ridgepoint.analysis.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The places where a series of scores splits best, one for each length of window: over all windows of that length and all
 * their splits that leave {@link #LEAST_RUNS} on both sides, the largest difference of the two means in units of its
 * standard error. Windows are the whole series and, at each half of a length, overlapping ones (Kovács, Bühlmann, Li, Munk
 * 2023, "Seeded binary segmentation", doi 10.1093/biomet/asac052): a rise and a fall that hide each other in the whole do
 * not in a window. Takes {@code O(n log n)}.
 */
final class SplitScan {
    /** Runs on each side of a split: of fewer a change of level cannot be told from an outlier. */
    static final int LEAST_RUNS = 3;

    private final List<int[]> starts = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    /** By level and size of the first part: one over the product of both sizes. */
    private final List<double[]> weights = new ArrayList<>();

    private final double[] sums;
    /** 0, 1, 2, ... */
    private final double[] sizes;
    /** Of a window, by the size of its first part: the square of the difference over that of its standard error. */
    private final double[] squares;

    /** By length of window, longest first: the largest difference over its standard error, of the last series seen. */
    final double[] strengths;
    /** Where each lies: the index at which the second part begins. */
    final int[] places;

    /** @param n length of the series to come, at least twice {@link #LEAST_RUNS} */
    SplitScan(int n) {
        sums = new double[n + 1];
        sizes = new double[n];
        Arrays.setAll(sizes, k -> k);
        squares = new double[n];
        for (int length = n; length >= 2 * LEAST_RUNS; length = (length + 1) / 2) {
            int windows = length == n ? 1 : (int) Math.ceil(2.0 * (n - length) / length) + 1;
            int[] from = new int[windows];
            for (int i = 1; i < windows; i++) {
                from[i] = (int) Math.round((double) i * (n - length) / (windows - 1));
            }
            starts.add(from);
            lengths.add(length);
            double[] weight = new double[length];
            for (int k = LEAST_RUNS; k <= length - LEAST_RUNS; k++) {
                weight[k] = 1 / ((double) k * (length - k));
            }
            weights.add(weight);
        }
        strengths = new double[starts.size()];
        places = new int[starts.size()];
    }

    /** Looks at a series of scores of unit variance. */
    void see(double[] scores) {
        for (int i = 0; i < scores.length; i++) {
            sums[i + 1] = sums[i] + scores[i];
        }
        for (int level = 0; level < strengths.length; level++) {
            int length = lengths.get(level);
            double[] weight = weights.get(level);
            double most = 0;
            int place = LEAST_RUNS;
            for (int from : starts.get(level)) {
                square(from, length, weight);
                for (int k = LEAST_RUNS; k <= length - LEAST_RUNS; k++) {
                    if (squares[k] > most) {
                        most = squares[k];
                        place = from + k;
                    }
                }
            }
            strengths[level] = Math.sqrt(most * length);
            places[level] = place;
        }
    }

    /** Apart from the search for the largest, so that the compiler takes several at a time. */
    private void square(int from, int length, double[] weight) {
        double[] ahead = sums;
        double[] size = sizes;
        double[] out = squares;
        double begin = ahead[from];
        double mean = (ahead[from + length] - begin) / length;
        for (int k = LEAST_RUNS; k <= length - LEAST_RUNS; k++) {
            double excess = ahead[from + k] - begin - size[k] * mean;
            out[k] = excess * excess * weight[k];
        }
    }
}
