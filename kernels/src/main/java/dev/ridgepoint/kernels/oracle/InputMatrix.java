package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.MatrixOperand;

/** An input matrix (or one for each expert) as numbers, a few rows at a time. Not thread-safe. */
abstract class InputMatrix {
    private final int rows;
    private final int cols;

    InputMatrix(MatrixOperand matrix) {
        this.rows = Math.toIntExact(matrix.rows());
        this.cols = Math.toIntExact(matrix.cols());
    }

    final int rows() {
        return rows;
    }

    final int cols() {
        return cols;
    }

    /** Rows {@code [first, first + count)} of the matrix of that index: 0, or the expert. */
    abstract float[] rows(long index, int first, int count);

    /** What {@link #rows} are still to be multiplied by. */
    abstract double factor(long index);

    /** The same rows in double, at {@code offset} of {@code target}. */
    final void rows(long index, int first, int count, double[] target, int offset) {
        float[] values = rows(index, first, count);
        for (int i = 0; i < values.length; i++) {
            target[offset + i] = values[i];
        }
    }
}
