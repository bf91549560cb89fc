package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.shape.RowProblem;
import dev.ridgepoint.kernels.shape.RowShape;
import java.util.ArrayList;
import java.util.List;

/** The arguments of functions of rows. */
final class RowOperands {
    private static final String LAYOUT = "[rows, cols]";

    private RowOperands() {}

    static List<Operand> of(RowProblem problem) {
        RowShape shape = problem.shape();
        DType type = problem.precision().activation();
        List<Operand> operands = new ArrayList<>();
        operands.add(MatrixOperand.input("x", shape.rows(), shape.cols(), type, null, LAYOUT));
        for (String parameter : shape.function().parameters()) {
            operands.add(MatrixOperand.input(parameter, 1, shape.cols(), type, null, "[cols]"));
        }
        operands.add(MatrixOperand.output("y", shape.rows(), shape.cols(), type, LAYOUT));
        return operands;
    }
}
