package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.CellOracle.Gate;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.shape.CellProblem;
import dev.ridgepoint.kernels.shape.CellShape;
import java.util.List;

/** Both halves of an LSTM cell's new state, every element of each. */
final class CellExpectation {
    private final DecodedMatrix x;
    private final DecodedMatrix h;
    private final DecodedMatrix c;
    private final float[] bias;
    private final int hidden;

    private CellExpectation(OperandSet operands, CellShape shape) {
        x = DecodedMatrix.of(operands, "xGates");
        h = DecodedMatrix.of(operands, "hGates");
        c = DecodedMatrix.of(operands, "c");
        bias = DecodedMatrix.of(operands, "bias").rows(0, 0, 1);
        hidden = Math.toIntExact(shape.hidden());
    }

    static OutputsExpectation of(CellProblem problem, OperandSet operands) {
        CellExpectation cell = new CellExpectation(operands, problem.shape());
        int batch = Math.toIntExact(problem.shape().batch());
        ToleranceValues hNext = new ToleranceValues(batch * cell.hidden, operands.tolerance());
        ToleranceValues cNext = new ToleranceValues(batch * cell.hidden, operands.tolerance());
        for (int row = 0; row < batch; row++) {
            cell.row(row, hNext, cNext);
        }
        Sample everything = Sample.everything(batch, cell.hidden);
        DType type = problem.precision().output();
        return new OutputsExpectation(
                List.of(hNext.expect("hNext", type, everything), cNext.expect("cNext", type, everything)));
    }

    private void row(int row, ToleranceValues hNext, ToleranceValues cNext) {
        float[] fromInput = x.rows(0, row, 1);
        float[] fromState = h.rows(0, row, 1);
        float[] state = c.rows(0, row, 1);
        for (int col = 0; col < hidden; col++) {
            Gate[] gates = new Gate[CellShape.GATES];
            for (int gate = 0; gate < gates.length; gate++) {
                int at = gate * hidden + col;
                gates[gate] = Gate.of(fromInput[at], fromState[at], bias[at]);
            }
            CellOracle expected = new CellOracle(gates[0], gates[1], gates[2], gates[3], state[col]);
            hNext.add(expected.h(), expected.hSensitivity());
            cNext.add(expected.c(), expected.cSensitivity());
        }
    }
}
