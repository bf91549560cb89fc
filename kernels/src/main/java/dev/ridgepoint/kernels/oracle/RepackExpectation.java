package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.ExactExpectation.Buffer;
import dev.ridgepoint.kernels.precision.Int4Repacking;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.RepackProblem;
import java.nio.ByteBuffer;
import java.util.List;

/** Words as {@link Int4Repacking} has them, to the bit. */
final class RepackExpectation {
    private RepackExpectation() {}

    static ExactExpectation of(RepackProblem problem, OperandSet operands) {
        QuantFormat from = problem.from();
        int rows = Math.toIntExact(problem.shape().rows());
        int cols = Math.toIntExact(problem.shape().cols());
        byte[] noScales = new byte[Math.toIntExact(from.scalesLength(rows, cols))];
        QuantTensor repacked = Int4Repacking.repack(
                new QuantTensor(from, rows, cols, bytes(operands, "codes"), noScales, bytes(operands, "zeros"), 1));
        List<Buffer> buffers =
                List.of(words("toCodes", problem, repacked.codes()), words("toZeros", problem, repacked.zeros()));
        return new ExactExpectation(buffers, Tolerance.of(problem).source());
    }

    private static Buffer words(String name, RepackProblem problem, byte[] bytes) {
        return new Buffer(name, problem.to().element(), 0, false, bytes);
    }

    private static byte[] bytes(OperandSet operands, String name) {
        ByteBuffer input = operands.input(name);
        byte[] bytes = new byte[input.remaining()];
        input.get(bytes);
        return bytes;
    }
}
