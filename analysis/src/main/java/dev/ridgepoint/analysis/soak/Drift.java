package dev.ridgepoint.analysis.soak;

import dev.ridgepoint.analysis.stats.EffectiveSamples;
import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How fast a case's time changes: the median slope between all pairs of forks (Theil and Sen), which a third of the forks
 * cannot lead astray, with the interval that Kendall's statistic gives it. Forks of neighbouring moments are alike on a
 * machine with moods, so that its variance is raised by as much as the forks' distances from the line are correlated.
 * Slopes are of log times: 0.01 an hour is 1 % slower after an hour.
 *
 * @param perHour the slope
 * @param low lower bound of its 95 % interval
 * @param high upper bound
 * @param detects the slope, up or down, whose interval would leave out none at all with 80 % power
 */
public record Drift(double perHour, double low, double high, double detects) {
    /** With fewer the interval is as wide as all slopes together, or wider. */
    public static final int LEAST_FORKS = 6;

    private static final double CONFIDENCE = 0.95;
    private static final double POWER = 0.8;

    /** Above so many points neighbours are joined, for there are as many slopes as pairs. */
    private static final int MOST_POINTS = 1000;

    private static final double Z = normal((1 + CONFIDENCE) / 2);

    private static double normal(double p) {
        return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(p);
    }

    /**
     * The drift of one case; null under {@link #LEAST_FORKS} forks.
     *
     * @param hours when each fork ran, ascending
     * @param logs logarithm of its time
     */
    public static Drift of(double[] hours, double[] logs) {
        int n = hours.length;
        if (n < LEAST_FORKS) {
            return null;
        }
        if (n > MOST_POINTS) {
            int joined = (n + MOST_POINTS - 1) / MOST_POINTS;
            return of(means(hours, joined), means(logs, joined));
        }
        double[] slopes = slopes(hours, logs);
        double slope = median(slopes);
        double variance = n * (n - 1.0) * (2 * n + 5) / 18 * n / EffectiveSamples.of(residuals(hours, logs, slope));
        double reach = Z * Math.sqrt(variance);
        double low = at(slopes, (slopes.length - reach) / 2 - 1);
        double high = at(slopes, (slopes.length + reach) / 2);
        double half = (high - low) / 2;
        return new Drift(slope, low, high, half * (Z + normal(POWER)) / Z);
    }

    /** Whether the interval leaves out that nothing changes. */
    public boolean seen() {
        return low > 0 || high < 0;
    }

    private static double[] slopes(double[] hours, double[] logs) {
        int n = hours.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int next = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                if (hours[j] > hours[i]) {
                    slopes[next++] = (logs[j] - logs[i]) / (hours[j] - hours[i]);
                }
            }
        }
        double[] all = Arrays.copyOf(slopes, next);
        Arrays.sort(all);
        return all;
    }

    /** Between two orders of rank; beyond the last slope there is none wider to name. */
    private static double at(double[] sorted, double rank) {
        double within = Math.max(0, Math.min(sorted.length - 1, rank));
        int below = Math.min(sorted.length - 2, (int) within);
        return sorted[below] + (within - below) * (sorted[below + 1] - sorted[below]);
    }

    private static double[] residuals(double[] hours, double[] logs, double slope) {
        double[] left = new double[logs.length];
        Arrays.setAll(left, i -> logs[i] - slope * hours[i]);
        double centre = median(sorted(left));
        Arrays.setAll(left, i -> left[i] - centre);
        return left;
    }

    private static double[] means(double[] values, int joined) {
        double[] means = new double[(values.length + joined - 1) / joined];
        for (int i = 0; i < means.length; i++) {
            means[i] = Arrays.stream(values, i * joined, Math.min(values.length, (i + 1) * joined))
                    .average()
                    .orElseThrow();
        }
        return means;
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
