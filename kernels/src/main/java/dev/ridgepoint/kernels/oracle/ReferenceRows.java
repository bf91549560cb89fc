package dev.ridgepoint.kernels.oracle;

/** What the rows of an output should be, in fp64, computed where it lies; for outputs the oracle would take too long over. */
public interface ReferenceRows extends AutoCloseable {
    /**
     * Computes rows {@code [first, first + rows)}: the sums of their terms, of the terms' magnitudes and of their squares,
     * each [rows, cols] from the beginning of its array, and of attention the largest magnitude of each row's scores.
     */
    void read(long first, int rows, Sums into);

    /**
     * Room for what is read.
     *
     * @param scores [rows], left as they are where a problem has none
     */
    record Sums(double[] values, double[] magnitudes, double[] squares, double[] scores) {
        static Sums of(int rows, int cols) {
            int elements = Math.multiplyExact(rows, cols);
            return new Sums(new double[elements], new double[elements], new double[elements], new double[rows]);
        }
    }

    @Override
    void close();
}
