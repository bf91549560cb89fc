package dev.ridgepoint.analysis.tensor;

import java.io.IOException;

/** A row-major matrix that can be read again and again, a chunk of rows at a time. */
public interface Tensor {
    /** The last chunk may be shorter; every other begins at a multiple of this, so that no block of scales is cut. */
    int ROW_UNIT = 128;

    /** Elements of a chunk, unless {@link #ROW_UNIT} rows are more. */
    int CHUNK = 1 << 20;

    /** Elements that may be in memory at once: what bounds the columns. */
    int MOST = 1 << 25;

    /** What the reader is told it is. */
    String name();

    long rows();

    int cols();

    /** Shows all chunks in order. */
    void read(Chunks consumer) throws IOException;

    /** Takes chunks; the array is reused. */
    interface Chunks {
        /** @param values at least {@code rows * cols} elements, row-major */
        void accept(long firstRow, int rows, float[] values) throws IOException;
    }

    /** Rows of a chunk. */
    static int chunkRows(long rows, int cols) {
        long wanted = Math.max(1, CHUNK / cols / ROW_UNIT) * ROW_UNIT;
        return (int) Math.min(rows, wanted);
    }

    /**
     * Checks that a chunk fits in memory.
     *
     * @throws IllegalArgumentException if it does not
     */
    static void check(String name, long rows, long cols) {
        if (rows < 1 || cols < 1) {
            throw new IllegalArgumentException(name + ": holds no element");
        }
        if (cols > MOST || Math.min(rows, ROW_UNIT) * cols > MOST) {
            throw new IllegalArgumentException(name + ": rows of " + cols + " columns are too long to hold "
                    + Math.min(rows, ROW_UNIT) + " of them; --cols N says how the elements lie in shorter ones");
        }
    }
}
