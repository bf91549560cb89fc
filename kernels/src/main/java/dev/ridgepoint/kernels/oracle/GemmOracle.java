package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.GemmShape;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * C = A B^T, and a bias where there is one, in double from the operands as stored. With a mixture of experts, row {@code token * topK + choice} of C is
 * the token's row of A by the weight of the expert it chose. The products of a batch are experts too, each with rows of
 * its own.
 */
final class GemmOracle {
    /** Rows decoded at a time; a pair of tiles of 4,096 columns takes 3 MB. */
    private static final int A_TILE = 64;

    private static final int B_TILE = 32;

    private final DecodedMatrix a;
    private final DecodedMatrix b;
    /** [products, n], or null where none is added. */
    private final float[] bias;

    private final int k;
    private final int experts;
    /** Rows of C that share a row of A. */
    private final int choices;

    private final int[] expertOfRow;

    GemmOracle(GemmShape shape, OperandSet operands) {
        a = DecodedMatrix.multiplied(operands, "a");
        b = DecodedMatrix.multiplied(operands, "b");
        bias = shape.epilogue().hasBias() ? DecodedMatrix.of(operands, "bias").rows(0, 0, biases(shape)) : null;
        k = a.cols();
        experts = shape.many() == null ? 1 : shape.many().count();
        choices = shape.moe() == null ? 1 : shape.moe().topK();
        expertOfRow = new int[Math.multiplyExact(a.rows(), choices)];
        if (shape.batch() != null) {
            Arrays.setAll(expertOfRow, row -> Math.toIntExact(row / shape.m()));
        } else if (shape.moe() != null) {
            IntBuffer routing = operands.input("routing").asIntBuffer();
            routing.get(expertOfRow);
        }
    }

    private static int biases(GemmShape shape) {
        return Math.toIntExact(
                shape.n() * (shape.many() == null ? 1 : shape.many().count()));
    }

    /** What is added to a column of one expert's sums. */
    double bias(int expert, int col) {
        return bias == null ? 0 : bias[expert * cols() + col];
    }

    /** Rows of C. */
    int rows() {
        return expertOfRow.length;
    }

    /** Columns of C. */
    int cols() {
        return b.rows();
    }

    int experts() {
        return experts;
    }

    int k() {
        return k;
    }

    /** Rows of C that an expert computes. */
    IntStream rowsOf(int expert) {
        return IntStream.range(0, rows()).filter(row -> expertOfRow[row] == expert);
    }

    /**
     * Computes the sums at the crossings of some rows, all of one expert, and some columns of C; a bias is one of the terms.
     */
    void cross(int expert, int[] rows, int[] cols, DotProducts.Sink sink) {
        double factor = factor(expert);
        for (int i = 0; i < rows.length; i += A_TILE) {
            int[] rowTile = Arrays.copyOfRange(rows, i, Math.min(rows.length, i + A_TILE));
            double[] left = activations(rowTile);
            int firstRow = i;
            for (int j = 0; j < cols.length; j += B_TILE) {
                int[] colTile = Arrays.copyOfRange(cols, j, Math.min(cols.length, j + B_TILE));
                double[] right = weights(expert, colTile);
                int firstCol = j;
                DotProducts.each(left, rowTile.length, right, colTile.length, k, (r, c, sum, abs, squares) -> {
                    double added = bias(expert, colTile[c]);
                    sink.accept(
                            firstRow + r,
                            firstCol + c,
                            sum * factor + added,
                            abs * factor + Math.abs(added),
                            squares * factor * factor + added * added);
                });
            }
        }
    }

    /** What products of {@link #activations} and {@link #weights} are still to be multiplied by; a positive number. */
    double factor(int expert) {
        return a.factor(0) * b.factor(expert);
    }

    /** The rows of A behind rows of C. */
    double[] activations(int[] rows) {
        double[] decoded = new double[rows.length * k];
        for (int i = 0; i < rows.length; i++) {
            a.rows(0, rows[i] / choices, 1, decoded, i * k);
        }
        return decoded;
    }

    /** The rows of B behind columns of C; neighbours are decoded together. */
    double[] weights(int expert, int[] cols) {
        double[] decoded = new double[cols.length * k];
        int run = 0;
        for (int i = 1; i <= cols.length; i++) {
            if (i == cols.length || cols[i] != cols[i - 1] + 1) {
                b.rows(expert, cols[run], i - run, decoded, run * k);
                run = i;
            }
        }
        return decoded;
    }
}
