package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.shape.RotateProblem;
import dev.ridgepoint.kernels.shape.RotateShape;
import java.nio.IntBuffer;
import java.util.List;

/** The arguments of turning rows; every token draws a position of its own. */
final class RotateOperands {
    private static final String LAYOUT = "[tokens, heads, d]";

    private RotateOperands() {}

    static List<Operand> of(RotateProblem problem) {
        RotateShape shape = problem.shape();
        DType type = problem.precision().activation();
        long rows = Sizes.product("x", shape.tokens(), shape.heads());
        return List.of(
                MatrixOperand.input("x", rows, shape.headDim(), type, null, LAYOUT),
                new IndexOperand("positions", shape.tokens(), "[tokens]", (t, r) -> positions(t, r, shape)),
                new Angles(shape.positions(), shape.rotaryDim()).table(),
                MatrixOperand.output("y", rows, shape.headDim(), type, LAYOUT));
    }

    private static void positions(IntBuffer target, CounterRandom random, RotateShape shape) {
        int most = Math.toIntExact(shape.positions());
        for (int token = 0; target.hasRemaining(); token++) {
            target.put(random.below(most, token));
        }
    }
}
