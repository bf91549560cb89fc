package dev.ridgepoint.kernels.oracle;

/** Every row of one matrix times every row of another, in double. */
final class DotProducts {
    private DotProducts() {}

    /** Takes the product of rows {@code i} and {@code j}, and the sum of the magnitudes that went into it. */
    interface Sink {
        void accept(int i, int j, double sum, double absSum);
    }

    /** Rows of {@code a} [m, k] by rows of {@code b} [n, k]; two by two, so that four sums hide each other's latency. */
    static void each(double[] a, int m, double[] b, int n, int k, Sink sink) {
        for (int i = 0; i < m; i += 2) {
            // An odd last row is multiplied twice and written once.
            int i1 = Math.min(i + 1, m - 1);
            for (int j = 0; j < n; j += 2) {
                int j1 = Math.min(j + 1, n - 1);
                block(a, i, i1, b, j, j1, k, sink);
            }
        }
    }

    private static void block(double[] a, int i0, int i1, double[] b, int j0, int j1, int k, Sink sink) {
        double sum00 = 0;
        double sum01 = 0;
        double sum10 = 0;
        double sum11 = 0;
        double abs00 = 0;
        double abs01 = 0;
        double abs10 = 0;
        double abs11 = 0;
        for (int l = 0; l < k; l++) {
            double a0 = a[i0 * k + l];
            double a1 = a[i1 * k + l];
            double b0 = b[j0 * k + l];
            double b1 = b[j1 * k + l];
            sum00 += a0 * b0;
            sum01 += a0 * b1;
            sum10 += a1 * b0;
            sum11 += a1 * b1;
            abs00 += Math.abs(a0 * b0);
            abs01 += Math.abs(a0 * b1);
            abs10 += Math.abs(a1 * b0);
            abs11 += Math.abs(a1 * b1);
        }
        sink.accept(i0, j0, sum00, abs00);
        if (j1 > j0) {
            sink.accept(i0, j1, sum01, abs01);
        }
        if (i1 > i0) {
            sink.accept(i1, j0, sum10, abs10);
        }
        if (i1 > i0 && j1 > j0) {
            sink.accept(i1, j1, sum11, abs11);
        }
    }
}
