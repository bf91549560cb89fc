package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Queries and keys of attention turned by their tokens' positions and rounded to their type: what appending writes to a plain
 * cache, so that turning in one go and before it is the same question.
 *
 * @param turning null where they are multiplied as they come
 * @param positions of the tokens of keys
 * @param type of queries and keys
 */
record TurnedTokens(Turning turning, IntBuffer positions, DType type) {
    static TurnedTokens of(OperandSet operands) {
        AttentionProblem problem = (AttentionProblem) operands.problem();
        if (problem.shape().rope() == null) {
            return new TurnedTokens(null, null, null);
        }
        return new TurnedTokens(
                Turning.of(problem.shape().rope(), operands),
                operands.input("positions").asIntBuffer(),
                problem.precision().activation());
    }

    /** Turns the row at {@code offset}, which is of the {@code key}th token of a sequence. */
    void turn(float[] rows, int offset, int width, Sequence sequence, int key) {
        if (turning == null) {
            return;
        }
        turning.turn(rows, offset, positions.get(sequence.firstKey() + key));
        float[] row = Arrays.copyOfRange(rows, offset, offset + width);
        ByteBuffer rounded = ByteBuffer.wrap(FloatCodec.encode(type, row)).order(ByteOrder.LITTLE_ENDIAN);
        FloatCodec.decode(type, rounded, rows, offset, width);
    }
}
