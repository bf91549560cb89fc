package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantTensor;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** Writes a matrix's values to its buffers, rounded to the stored type or encoded in the quantised format. */
final class MatrixFiller {
    private static final int CHUNK = 1 << 14;

    private final MatrixOperand matrix;
    private final ValueStream values;
    private final Function<String, ByteBuffer> buffers;

    /** Fills the buffers that {@code buffers} knows by name. */
    MatrixFiller(MatrixOperand matrix, ValueStream values, Function<String, ByteBuffer> buffers) {
        this.matrix = matrix;
        this.values = values;
        this.buffers = buffers;
    }

    void fill() {
        if (matrix.format() == null) {
            fillPlain();
        } else {
            fillQuantised();
        }
    }

    private void fillPlain() {
        ByteBuffer target = buffers.apply(matrix.names().values());
        long elements = matrix.count() * matrix.elements();
        float[] chunk = new float[(int) Math.min(CHUNK, elements)];
        for (long first = 0; first < elements; first += chunk.length) {
            int count = (int) Math.min(chunk.length, elements - first);
            values.fill(first, chunk, count);
            if (matrix.turned()) {
                scatter(first, chunk, count, target);
            } else {
                FloatCodec.encode(matrix.type(), chunk, 0, count, target);
            }
        }
    }

    /** Puts elements of the matrix, counted row by row, to where they lie column by column. */
    private void scatter(long first, float[] chunk, int count, ByteBuffer target) {
        int bytes = matrix.type().bits() / 8;
        for (int i = 0; i < count; i++) {
            long row = (first + i) / matrix.cols();
            long col = (first + i) % matrix.cols();
            target.position((int) (col * matrix.rows() + row) * bytes);
            FloatCodec.encode(matrix.type(), chunk, i, 1, target);
        }
    }

    private void fillQuantised() {
        QuantCodec codec = QuantCodecs.of(matrix.format());
        BufferNames names = matrix.names();
        ByteBuffer codes = buffers.apply(names.values());
        float[] plain = new float[elementsOfOne()];
        for (long i = 0; i < matrix.count(); i++) {
            values.fill(i * plain.length, plain, plain.length);
            QuantTensor tensor = codec.encode(plain, (int) matrix.rows(), (int) matrix.cols());
            codes.put(tensor.codes());
            put(names.scales(), i, tensor.scales());
            put(names.zeros(), i, tensor.zeros());
            ByteBuffer tensorScale = buffers.apply(names.tensorScale());
            if (tensorScale != null) {
                tensorScale.putFloat((int) i * Float.BYTES, tensor.tensorScale());
            }
        }
    }

    private void put(String name, long matrixIndex, byte[] part) {
        if (part.length > 0 && name != null) {
            buffers.apply(name).put((int) matrixIndex * part.length, part);
        }
    }

    private int elementsOfOne() {
        if (matrix.elements() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(matrix.names().values() + ": " + matrix.elements()
                    + " elements are more than a codec encodes at once");
        }
        return (int) matrix.elements();
    }
}
