package dev.ridgepoint.kernels.precision;

/**
 * How many elements share one scale: {@code rows x cols} of the matrix, {@link #ALL} meaning the whole extent.
 *
 * <p>The matrix is [rows, cols] with cols the contraction (K) axis: a token of an activation and an output channel of
 * a weight are both one row.
 */
public record Granularity(int rows, int cols) {
    /** The whole extent of that axis. */
    public static final int ALL = -1;

    public static final Granularity PER_TENSOR = new Granularity(ALL, ALL);
    /** One scale a row: per token of an activation, per output channel of a weight. */
    public static final Granularity PER_ROW = new Granularity(1, ALL);
    /** One scale a column: per input channel. */
    public static final Granularity PER_COLUMN = new Granularity(ALL, 1);

    public static final Granularity BLOCK_1X128 = new Granularity(1, 128);
    public static final Granularity BLOCK_128X128 = new Granularity(128, 128);

    public Granularity {
        if ((rows < 1 && rows != ALL) || (cols < 1 && cols != ALL)) {
            throw new IllegalArgumentException(
                    "granularity: extents must be positive or ALL, got " + rows + "x" + cols);
        }
    }

    /** Groups of {@code size} neighbours along the contraction axis. */
    public static Granularity group(int size) {
        return new Granularity(1, size);
    }

    /** How many scales a [rows, cols] matrix carries; a ragged last group counts as one. */
    public long count(long matrixRows, long matrixCols) {
        long down = rows == ALL ? 1 : ceilDiv(matrixRows, rows);
        long across = cols == ALL ? 1 : ceilDiv(matrixCols, cols);
        return Math.multiplyExact(down, across);
    }

    private static long ceilDiv(long extent, int size) {
        return (extent + size - 1) / size;
    }

    /** {@code tensor}, {@code row}, {@code column}, {@code g128}, {@code 128x128}. */
    public String id() {
        if (rows == ALL && cols == ALL) {
            return "tensor";
        }
        if (rows == 1 && cols == ALL) {
            return "row";
        }
        if (rows == ALL && cols == 1) {
            return "column";
        }
        String down = rows == ALL ? "all" : Integer.toString(rows);
        String across = cols == ALL ? "all" : Integer.toString(cols);
        return rows == 1 ? "g" + across : down + "x" + across;
    }

    @Override
    public String toString() {
        return id();
    }
}
