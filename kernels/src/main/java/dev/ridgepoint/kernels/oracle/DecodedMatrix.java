package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.MatrixOperand;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import java.nio.ByteBuffer;

/**
 * An input matrix as the numbers its bytes stand for, decoded a few rows at a time. Not thread-safe.
 *
 * <p>Under one scale for all, {@link #rows} gives the codes' own values and {@link #factor} the scale: what is summed is
 * then exact, as it is in a kernel that multiplies by the scale at the end.
 */
final class DecodedMatrix {
    private final OperandSet operands;
    private final MatrixOperand matrix;
    private final int cols;
    /** Smaller magnitudes are read as 0. */
    private final float least;

    private long loaded = -1;
    private QuantTensor tensor;

    private DecodedMatrix(OperandSet operands, MatrixOperand matrix, float least) {
        this.operands = operands;
        this.matrix = matrix;
        this.cols = Math.toIntExact(matrix.cols());
        this.least = least;
    }

    /** The input matrix whose values lie in the buffer of that name. */
    static DecodedMatrix of(OperandSet operands, String name) {
        return of(operands, name, 0);
    }

    /** The same as products see it: without subnormal numbers where they are zeros there. */
    static DecodedMatrix multiplied(OperandSet operands, String name) {
        return of(operands, name, operands.subnormals() ? 0 : Float.MIN_NORMAL);
    }

    private static DecodedMatrix of(OperandSet operands, String name, float least) {
        return OperandSpecs.operands(operands.problem()).stream()
                .filter(MatrixOperand.class::isInstance)
                .map(MatrixOperand.class::cast)
                .filter(m -> m.names().values().equals(name))
                .map(m -> new DecodedMatrix(operands, m, least))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("operand: no matrix '" + name + "'"));
    }

    int cols() {
        return cols;
    }

    int rows() {
        return Math.toIntExact(matrix.rows());
    }

    /** Rows {@code [first, first + count)} of the matrix of that index (0, or the expert). */
    float[] rows(long index, int first, int count) {
        float[] values = stored(index, first, count);
        for (int i = 0; i < values.length && least > 0; i++) {
            if (Math.abs(values[i]) < least) {
                values[i] = 0;
            }
        }
        return values;
    }

    private float[] stored(long index, int first, int count) {
        if (matrix.format() != null) {
            load(index);
            return QuantCodecs.of(matrix.format()).decodeRows(tensor, first, first + count);
        }
        if (matrix.turned()) {
            return turnedRows(first, count);
        }
        float[] values = new float[count * cols];
        int bytesOfRow = cols * matrix.type().bits() / 8;
        ByteBuffer source = operands.input(matrix.names().values());
        source.position((int) ((index * matrix.rows() + first) * bytesOfRow));
        FloatCodec.decode(matrix.type(), source, values, 0, values.length);
        return values;
    }

    /** Rows of a matrix that lies column by column. */
    private float[] turnedRows(int first, int count) {
        float[] values = new float[count * cols];
        float[] column = new float[rows()];
        ByteBuffer source = operands.input(matrix.names().values());
        for (int col = 0; col < cols; col++) {
            FloatCodec.decode(matrix.type(), source, column, 0, column.length);
            for (int row = 0; row < count; row++) {
                values[row * cols + col] = column[first + row];
            }
        }
        return values;
    }

    /** The same rows in double, at {@code offset} of {@code target}. */
    void rows(long index, int first, int count, double[] target, int offset) {
        float[] values = rows(index, first, count);
        for (int i = 0; i < values.length; i++) {
            target[offset + i] = values[i];
        }
    }

    /** What {@link #rows} are still to be multiplied by: the scale of the whole matrix, or 1. */
    double factor(long index) {
        return oneScale() ? operands.input(matrix.names().scales()).getFloat((int) index * Float.BYTES) : 1;
    }

    private boolean oneScale() {
        return matrix.format() != null && matrix.format().granularity().equals(Granularity.PER_TENSOR);
    }

    private void load(long index) {
        if (loaded != index) {
            byte[] scales = part(matrix.names().scales(), index, matrix.format().scalesLength(matrix.rows(), cols));
            tensor = tensor(index, oneScale() ? FloatCodec.encode(DType.FP32, new float[] {1}) : scales);
            loaded = index;
        }
    }

    /** The quantised matrix of that index as it lies in memory. */
    QuantTensor tensor(long index) {
        return tensor(
                index, part(matrix.names().scales(), index, matrix.format().scalesLength(matrix.rows(), cols)));
    }

    private QuantTensor tensor(long index, byte[] scales) {
        QuantFormat format = matrix.format();
        return new QuantTensor(
                format,
                (int) matrix.rows(),
                cols,
                part(matrix.names().values(), index, format.codesLength(matrix.rows(), cols)),
                scales,
                part(matrix.names().zeros(), index, format.zerosLength(matrix.rows(), cols)),
                tensorScale(index));
    }

    private byte[] part(String name, long index, long length) {
        byte[] part = new byte[(int) length];
        if (length > 0) {
            operands.input(name).get((int) (index * length), part);
        }
        return part;
    }

    private float tensorScale(long index) {
        boolean present = operands.specs().stream()
                .anyMatch(spec -> spec.name().equals(matrix.names().tensorScale()));
        return present ? operands.input(matrix.names().tensorScale()).getFloat((int) index * Float.BYTES) : 1;
    }
}
