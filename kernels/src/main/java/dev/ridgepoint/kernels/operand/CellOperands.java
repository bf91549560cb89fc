package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.shape.CellProblem;
import dev.ridgepoint.kernels.shape.CellShape;
import java.util.List;

/** The arguments of an LSTM cell. */
final class CellOperands {
    private static final String GATES = "[batch, 4 gates, hidden]";
    private static final String STATE = "[batch, hidden]";

    private CellOperands() {}

    static List<Operand> of(CellProblem problem) {
        CellShape shape = problem.shape();
        DType type = problem.precision().activation();
        long gates = Sizes.product("xGates", CellShape.GATES, shape.hidden());
        return List.of(
                MatrixOperand.input("xGates", shape.batch(), gates, type, null, GATES),
                MatrixOperand.input("hGates", shape.batch(), gates, type, null, GATES),
                MatrixOperand.input("bias", 1, gates, type, null, "[4 gates, hidden]"),
                MatrixOperand.input("c", shape.batch(), shape.hidden(), type, null, STATE),
                MatrixOperand.output("hNext", shape.batch(), shape.hidden(), type, STATE),
                MatrixOperand.output("cNext", shape.batch(), shape.hidden(), type, STATE));
    }
}
