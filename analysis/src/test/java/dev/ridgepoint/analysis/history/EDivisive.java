package dev.ridgepoint.analysis.history;

import java.util.Random;

/**
 * The first step of E-divisive, as published (Matteson, James 2014, doi 10.1080/01621459.2013.849605) with exponent 1,
 * to be compared with: the split whose parts differ most by energy distance, tested by permutation.
 */
final class EDivisive {
    private EDivisive() {}

    static double p(double[] series, int permutations, long seed) {
        Random random = new Random(seed);
        double[] permuted = series.clone();
        double seen = best(series);
        int as = 0;
        for (int i = 0; i < permutations; i++) {
            for (int j = permuted.length - 1; j > 0; j--) {
                int k = random.nextInt(j + 1);
                double swapped = permuted[j];
                permuted[j] = permuted[k];
                permuted[k] = swapped;
            }
            as += best(permuted) >= seen ? 1 : 0;
        }
        return (as + 1.0) / (permutations + 1.0);
    }

    /** As there, with both parts of at least {@link SplitScan#LEAST_RUNS} and the second part free to end early. */
    private static double best(double[] x) {
        int n = x.length;
        double[][] upTo = new double[n + 1][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                upTo[i + 1][j + 1] = upTo[i][j + 1] + upTo[i + 1][j] - upTo[i][j] + Math.abs(x[i] - x[j]);
            }
        }
        double best = 0;
        for (int at = SplitScan.LEAST_RUNS; at <= n - SplitScan.LEAST_RUNS; at++) {
            for (int end = at + SplitScan.LEAST_RUNS; end <= n; end++) {
                double a = at;
                double b = end - at;
                double across = upTo[at][end] - upTo[at][at];
                double left = upTo[at][at] / 2;
                double right = (upTo[end][end] - upTo[at][end] - upTo[end][at] + upTo[at][at]) / 2;
                double distance = 2 * across / (a * b) - left / (a * (a - 1) / 2) - right / (b * (b - 1) / 2);
                best = Math.max(best, a * b / (a + b) * distance);
            }
        }
        return best;
    }
}
