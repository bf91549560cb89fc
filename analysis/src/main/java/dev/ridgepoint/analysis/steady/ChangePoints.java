package dev.ridgepoint.analysis.steady;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Where the level of a short, noisy series shifts: the exact minimum, by dynamic programming over all segmentations, of
 *
 * <pre>sum over segments of (sum of squares about the segment's mean) / scale^2 + penalty * (changes)</pre>
 *
 * <p>Three choices make it robust on the 8 to 40 iterations of a fork. The scale comes from the median absolute
 * difference of neighbours, which a step does not inflate. A lone outlier is pulled in to {@link #CLIP} scales from the
 * median of itself and its neighbours, except in the first place, where it is a warm-up. And the penalty {@code 3 ln n
 * (1 + 20 / n)} exceeds the usual {@code 3 ln n} for a small n, because a scale estimated from a dozen differences is
 * itself uncertain; the test measures what that buys: a false change in under 6 % of flat series.
 *
 * <p>Quadratic in the length of the series, which is an iteration count, not a sample count.
 */
final class ChangePoints {
    /** Scales an outlier may keep. */
    static final double CLIP = 3;
    /** Iterations the last segment has at least: a shift in the last two cannot be told from outliers. */
    static final int LAST_SEGMENT = 3;
    /** Relative noise below which a clock says nothing: 0.1 %, in log units. */
    static final double SCALE_FLOOR = 0.001;

    private static final double MAD_TO_SIGMA = 1.4826;

    private ChangePoints() {}

    /** The penalty a change must earn. */
    static double penalty(int n) {
        return 3 * Math.log(n) * (1 + 20.0 / n);
    }

    /** Indices at which a new segment begins, ascending; empty where the series is flat or too short to tell. */
    static List<Integer> of(double[] series) {
        if (series.length <= LAST_SEGMENT) {
            return List.of();
        }
        double scale = scale(series);
        return segment(withoutOutliers(series, scale), scale * scale * penalty(series.length));
    }

    /** Noise from differences of neighbours about their median: blind to steps and to a steady drift. */
    static double scale(double[] series) {
        double[] differences = new double[series.length - 1];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = series[i + 1] - series[i];
        }
        double middle = median(differences);
        for (int i = 0; i < differences.length; i++) {
            differences[i] = Math.abs(differences[i] - middle);
        }
        return Math.max(SCALE_FLOOR, MAD_TO_SIGMA * median(differences) / Math.sqrt(2));
    }

    private static double[] withoutOutliers(double[] series, double scale) {
        int n = series.length;
        double[] clipped = series.clone();
        for (int i = 1; i < n; i++) {
            int from = Math.min(i - 1, n - 3);
            double local = medianOfThree(series[from], series[from + 1], series[from + 2]);
            clipped[i] = Math.max(local - CLIP * scale, Math.min(local + CLIP * scale, series[i]));
        }
        return clipped;
    }

    private static List<Integer> segment(double[] series, double penalty) {
        int n = series.length;
        double[] sum = new double[n + 1];
        double[] squares = new double[n + 1];
        // Centred, so that sums of squares keep their digits.
        double origin = series[n - 1];
        for (int i = 0; i < n; i++) {
            double y = series[i] - origin;
            sum[i + 1] = sum[i] + y;
            squares[i + 1] = squares[i] + y * y;
        }
        double[] best = new double[n + 1];
        int[] start = new int[n + 1];
        best[0] = -penalty;
        for (int end = 1; end <= n; end++) {
            best[end] = Double.POSITIVE_INFINITY;
            int latestStart = end < n ? end - 1 : n - LAST_SEGMENT;
            for (int from = 0; from <= latestStart; from++) {
                double total = sum[end] - sum[from];
                double cost = best[from] + penalty + squares[end] - squares[from] - total * total / (end - from);
                if (cost < best[end]) {
                    best[end] = cost;
                    start[end] = from;
                }
            }
        }
        List<Integer> changes = new ArrayList<>();
        for (int at = start[n]; at > 0; at = start[at]) {
            changes.add(at);
        }
        Collections.reverse(changes);
        return List.copyOf(changes);
    }

    static double median(double[] values) {
        return new Median().evaluate(values);
    }

    private static double medianOfThree(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
