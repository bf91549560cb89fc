package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import java.util.List;

/** The arguments of quantisation and of its inverse. */
final class QuantizeOperands {
    private static final String LAYOUT = "[rows, cols]";
    /** The largest magnitude a calibration found: three in a thousand of normal values lie beyond it, and saturate. */
    private static final float CALIBRATED = 3;

    private static final String TURNED = "[cols, rows]";

    private QuantizeOperands() {}

    static List<Operand> of(QuantizeProblem problem) {
        QuantizeShape shape = problem.shape();
        if (shape.staticScale()) {
            return underScale(problem);
        }
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

    private static List<Operand> underScale(QuantizeProblem problem) {
        DType element = problem.format().element();
        float scale = CALIBRATED / QuantCodecs.of(problem.format()).largestCode();
        return List.of(
                plain(problem),
                new TableOperand("scale", 1, "[1]", target -> target.put(scale)),
                MatrixOperand.output(
                        "codes", problem.shape().rows(), problem.shape().cols(), element, LAYOUT));
    }

    private static MatrixOperand plain(QuantizeProblem problem) {
        QuantizeShape shape = problem.shape();
        return shape.transposed()
                ? MatrixOperand.turned("x", shape.rows(), shape.cols(), problem.plain(), TURNED)
                : MatrixOperand.input("x", shape.rows(), shape.cols(), problem.plain(), null, LAYOUT);
    }
}
