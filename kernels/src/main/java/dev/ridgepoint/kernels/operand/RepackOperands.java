package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.RepackProblem;
import java.util.List;

/** The arguments of repacking: words of codes and of zero points, without the scales, which stay where they are. */
final class RepackOperands {
    private static final BufferNames FROM = new BufferNames("codes", null, "zeros", null);
    private static final BufferNames TO = new BufferNames("toCodes", null, "toZeros", null);

    private RepackOperands() {}

    static List<Operand> of(RepackProblem problem) {
        return List.of(words(FROM, Role.INPUT, problem, problem.from()), words(TO, Role.OUTPUT, problem, problem.to()));
    }

    private static Operand words(BufferNames names, Role role, RepackProblem problem, QuantFormat format) {
        return new MatrixOperand(
                names,
                role,
                1,
                problem.shape().rows(),
                problem.shape().cols(),
                format.element(),
                format,
                "[rows, cols]");
    }
}
