package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.PointwiseProblem;
import dev.ridgepoint.kernels.shape.PointwiseShape;
import java.util.ArrayList;
import java.util.List;

/** The arguments of functions of elements. */
final class PointwiseOperands {
    private static final String LAYOUT = "[rows, cols]";

    private PointwiseOperands() {}

    static List<Operand> of(PointwiseProblem problem) {
        PointwiseShape shape = problem.shape();
        DType type = problem.precision().activation();
        List<Operand> operands = new ArrayList<>();
        if (shape.function() == PointwiseFunction.SILU_MUL) {
            operands.add(MatrixOperand.input("x", shape.rows(), 2 * shape.cols(), type, null, "[rows, 2 cols]"));
        } else {
            operands.add(MatrixOperand.input("x", shape.rows(), shape.cols(), type, null, LAYOUT));
        }
        if (shape.function() == PointwiseFunction.ADD) {
            operands.add(MatrixOperand.input("r", shape.rows(), shape.cols(), type, null, LAYOUT));
        }
        operands.add(MatrixOperand.output("y", shape.rows(), shape.cols(), type, LAYOUT));
        return operands;
    }
}
