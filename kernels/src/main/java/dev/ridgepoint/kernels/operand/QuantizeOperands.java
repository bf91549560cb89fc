package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import java.util.List;

/** The arguments of quantisation and of its inverse. */
final class QuantizeOperands {
    private QuantizeOperands() {}

    static List<Operand> of(QuantizeProblem problem) {
        QuantizeShape shape = problem.shape();
        boolean quantize = shape.direction() == QuantizeShape.Direction.QUANTIZE;
        MatrixOperand plain = MatrixOperand.plain(
                quantize ? "x" : "y",
                quantize ? Role.INPUT : Role.OUTPUT,
                shape.rows(),
                shape.cols(),
                problem.plain(),
                "[rows, cols]");
        MatrixOperand quantised = new MatrixOperand(
                BufferNames.QUANTISED,
                quantize ? Role.OUTPUT : Role.INPUT,
                1,
                shape.rows(),
                shape.cols(),
                problem.format().element(),
                problem.format(),
                problem.format().id());
        return quantize ? List.of(plain, quantised) : List.of(quantised, plain);
    }
}
