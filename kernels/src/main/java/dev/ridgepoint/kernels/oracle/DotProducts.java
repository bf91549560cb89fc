package dev.ridgepoint.kernels.oracle;

/** Every row of one matrix times every row of another, in double, with what a tolerance needs to know of each sum. */
final class DotProducts {
    private DotProducts() {}

    /** Takes the product of rows {@code i} and {@code j}. */
    interface Sink {
        /**
         * @param sum sum of the terms a * b
         * @param absSum sum of their magnitudes
         * @param squares sum of their squares
         */
        void accept(int i, int j, double sum, double absSum, double squares);
    }

    /** Rows of {@code a} [m, k] by rows of {@code b} [n, k]. */
    static void each(double[] a, int m, double[] b, int n, int k, Sink sink) {
        if (m == 1) {
            inPairs(b, n, a, 1, k, (j, i, sum, absSum, squares) -> sink.accept(i, j, sum, absSum, squares));
        } else {
            inPairs(a, m, b, n, k, sink);
        }
    }

    /** Takes two rows of {@code a} at a time, so that their sums hide each other's latency. */
    private static void inPairs(double[] a, int m, double[] b, int n, int k, Sink sink) {
        for (int j = 0; j < n; j++) {
            int i = 0;
            for (; i + 2 <= m; i += 2) {
                pair(a, i, b, j, k, sink);
            }
            if (i < m) {
                single(a, i, b, j, k, sink);
            }
        }
    }

    private static void pair(double[] a, int i, double[] b, int j, int k, Sink sink) {
        double sum0 = 0;
        double sum1 = 0;
        double abs0 = 0;
        double abs1 = 0;
        double squares0 = 0;
        double squares1 = 0;
        for (int l = 0; l < k; l++) {
            double right = b[j * k + l];
            double term0 = a[i * k + l] * right;
            double term1 = a[(i + 1) * k + l] * right;
            sum0 += term0;
            sum1 += term1;
            abs0 += Math.abs(term0);
            abs1 += Math.abs(term1);
            squares0 += term0 * term0;
            squares1 += term1 * term1;
        }
        sink.accept(i, j, sum0, abs0, squares0);
        sink.accept(i + 1, j, sum1, abs1, squares1);
    }

    private static void single(double[] a, int i, double[] b, int j, int k, Sink sink) {
        double sum = 0;
        double abs = 0;
        double squares = 0;
        for (int l = 0; l < k; l++) {
            double term = a[i * k + l] * b[j * k + l];
            sum += term;
            abs += Math.abs(term);
            squares += term * term;
        }
        sink.accept(i, j, sum, abs, squares);
    }
}
