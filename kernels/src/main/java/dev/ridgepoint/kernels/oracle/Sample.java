package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.CounterRandom;
import java.util.stream.IntStream;

/**
 * Which elements of a [rows, cols] output are compared one by one. Every row is in one of four classes, so that a
 * sample of billions of elements takes a byte a row.
 */
final class Sample {
    /** Tiles of kernels are this wide or divide it; their edges are where kernels go wrong. */
    static final int TILE = 128;

    /** Elements whose expectations are kept of whole rows at the most: 12 bytes each. */
    private static final long MOST_ELEMENTS = 1L << 24;

    /** What is compared of a row; the order is that of inclusion. */
    enum RowClass {
        NONE,
        /** The first and the last column. */
        ENDS,
        /** The first and the last column of every tile. */
        EDGES,
        ALL
    }

    private static final RowClass[] CLASSES = RowClass.values();

    private final int cols;
    private final byte[] classes;
    private final int[][] colsOfClass;

    private Sample(int cols, byte[] classes) {
        this.cols = cols;
        this.classes = classes;
        this.colsOfClass = new int[][] {
            {},
            cols == 1 ? new int[] {0} : new int[] {0, cols - 1},
            edges(cols),
            IntStream.range(0, cols).toArray()
        };
    }

    /** A sample of nothing, to be enlarged. */
    static Sample none(int rows, int cols) {
        return new Sample(cols, new byte[rows]);
    }

    static Sample ofClasses(int cols, byte[] classes) {
        return new Sample(cols, classes);
    }

    /** Every element. */
    static Sample everything(int rows, int cols) {
        Sample sample = none(rows, cols);
        for (int row = 0; row < rows; row++) {
            sample.include(row, RowClass.ALL);
        }
        return sample;
    }

    /** Every row up to that many elements, and never more than {@link #MOST_ELEMENTS}; above, the first, the last and drawn ones. */
    static Sample rows(int rows, int cols, long limit, long seed) {
        long most = Math.min(limit, MOST_ELEMENTS);
        if ((long) rows * cols <= most) {
            return everything(rows, cols);
        }
        Sample sample = none(rows, cols);
        sample.include(rows - 1, RowClass.ALL);
        sample.include(0, RowClass.ALL);
        CounterRandom random = CounterRandom.of(seed, "rows compared");
        for (long i = 2; i < most / cols; i++) {
            sample.include(random.below(rows, i), RowClass.ALL);
        }
        return sample;
    }

    /** The first and last index of every tile. */
    static int[] edges(int extent) {
        return IntStream.range(0, extent)
                .filter(i -> i % TILE == 0 || i % TILE == TILE - 1 || i == extent - 1)
                .toArray();
    }

    void include(int row, RowClass wanted) {
        classes[row] = (byte) Math.max(classes[row], wanted.ordinal());
    }

    int rows() {
        return classes.length;
    }

    int cols() {
        return cols;
    }

    RowClass classOf(int row) {
        return CLASSES[classes[row]];
    }

    /** The columns compared in a row. */
    int[] colsOf(int row) {
        return colsOfClass[classes[row]];
    }

    int[] colsOf(RowClass rowClass) {
        return colsOfClass[rowClass.ordinal()];
    }

    boolean isEverything() {
        return count() == (long) rows() * cols;
    }

    /** Elements compared. */
    long count() {
        long count = 0;
        for (int row = 0; row < classes.length; row++) {
            count += colsOf(row).length;
        }
        return count;
    }

    byte[] classes() {
        return classes.clone();
    }
}
