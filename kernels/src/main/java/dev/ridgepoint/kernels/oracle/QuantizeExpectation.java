package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.oracle.ExactExpectation.Buffer;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What quantising and its inverse must give: the codec's own answer. Codes, scales and zeros must have its very bits;
 * of dequantised values zeros of either sign and all NaNs are one.
 */
final class QuantizeExpectation {
    private QuantizeExpectation() {}

    static ExactExpectation of(QuantizeProblem problem, OperandSet operands) {
        String source = Tolerance.of(problem).source();
        QuantCodec codec = QuantCodecs.of(problem.format());
        List<Buffer> buffers = problem.shape().direction() == Direction.QUANTIZE
                ? quantised(problem, operands, codec)
                : dequantised(problem, operands, codec);
        return new ExactExpectation(buffers, source);
    }

    private static List<Buffer> quantised(QuantizeProblem problem, OperandSet operands, QuantCodec codec) {
        DecodedMatrix x = DecodedMatrix.of(operands, "x");
        if (problem.shape().staticScale()) {
            byte[] codes = codec.encodeUnder(operands.input("scale").getFloat(0), x.rows(0, 0, x.rows()));
            return List.of(new Buffer("codes", problem.format().element(), x.cols(), false, codes));
        }
        QuantTensor tensor = codec.encode(x.rows(0, 0, x.rows()), x.rows(), x.cols());
        List<Buffer> buffers = new ArrayList<>();
        for (OperandSpec spec : operands.specs()) {
            switch (spec.name()) {
                case "codes" -> {
                    boolean rowMajor = problem.format().layout() == QuantFormat.Layout.BYTES;
                    buffers.add(exact(spec, rowMajor ? x.cols() : 0, tensor.codes()));
                }
                case "scales" -> buffers.add(exact(spec, 0, tensor.scales()));
                case "zeros" -> buffers.add(exact(spec, 0, tensor.zeros()));
                case "tensorScale" -> buffers.add(exact(spec, 0, littleEndian(tensor.tensorScale())));
                default -> {}
            }
        }
        return buffers;
    }

    private static Buffer exact(OperandSpec spec, int cols, byte[] bytes) {
        return new Buffer(spec.name(), spec.type(), cols, false, bytes);
    }

    private static byte[] littleEndian(float value) {
        return ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array();
    }

    private static List<Buffer> dequantised(QuantizeProblem problem, OperandSet operands, QuantCodec codec) {
        DecodedMatrix codes = DecodedMatrix.of(operands, "codes");
        DType plain = problem.plain();
        byte[] expected = FloatCodec.encode(plain, codec.decode(codes.tensor(0)));
        return List.of(new Buffer("y", plain, codes.cols(), true, expected));
    }
}
