package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.ExactExpectation.Buffer;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.Rope;
import dev.ridgepoint.kernels.shape.RotateProblem;
import dev.ridgepoint.kernels.shape.RotateShape;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;

/** Every row as {@link Turning} has it, rounded once to its type. */
final class RotateExpectation {
    private RotateExpectation() {}

    static ExactExpectation of(RotateProblem problem, OperandSet operands) {
        RotateShape shape = problem.shape();
        DType type = problem.precision().output();
        Turning turning = Turning.of(new Rope(shape.rotary(), shape.rotaryDim()), operands);
        IntBuffer positions = operands.input("positions").asIntBuffer();
        DecodedMatrix x = DecodedMatrix.of(operands, "x");
        byte[] bytes = new byte[Math.toIntExact((long) x.rows() * x.cols() * type.bits() / 8)];
        ByteBuffer target = ByteBuffer.wrap(bytes);
        for (int row = 0; row < x.rows(); row++) {
            float[] values = x.rows(0, row, 1);
            turning.turn(values, 0, positions.get((int) (row / shape.heads())));
            target.put(FloatCodec.encode(type, values));
        }
        Buffer y = new Buffer("y", type, x.cols(), true, bytes);
        return new ExactExpectation(List.of(y), Tolerance.of(problem).source());
    }
}
