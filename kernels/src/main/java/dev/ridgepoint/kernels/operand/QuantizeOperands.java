package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import java.util.List;

/** The arguments of quantisation and of its inverse. */
final class QuantizeOperands {
    private static final String LAYOUT = "[rows, cols]";
    private static final String TURNED = "[cols, rows]";

    private QuantizeOperands() {}

    static List<Operand> of(QuantizeProblem problem) {
        QuantizeShape shape = problem.shape();
        boolean quantize = shape.direction() == QuantizeShape.Direction.QUANTIZE;
        long rows = shape.rows();
        long cols = shape.cols();
        MatrixOperand quantised = new MatrixOperand(
                BufferNames.QUANTISED,
                quantize ? Role.OUTPUT : Role.INPUT,
                1,
                rows,
                cols,
                problem.format().element(),
                problem.format(),
                LAYOUT);
        return quantize
                ? List.of(plain(problem), quantised)
                : List.of(quantised, MatrixOperand.output("y", rows, cols, problem.plain(), LAYOUT));
    }

    private static MatrixOperand plain(QuantizeProblem problem) {
        QuantizeShape shape = problem.shape();
        return shape.transposed()
                ? MatrixOperand.turned("x", shape.rows(), shape.cols(), problem.plain(), TURNED)
                : MatrixOperand.input("x", shape.rows(), shape.cols(), problem.plain(), null, LAYOUT);
    }
}
