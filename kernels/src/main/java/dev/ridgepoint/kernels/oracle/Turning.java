package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.Rope;
import java.nio.FloatBuffer;

/**
 * Turns rows by their positions. A pair (x, y) becomes (x cos - y sin, y cos + x sin) in fp32: both products are rounded, then
 * their sum, nothing is contracted.
 *
 * @param cosSin cosines of a position's angles, then their sines, position after position
 */
record Turning(Rope rope, FloatBuffer cosSin) {
    static Turning of(Rope rope, OperandSet operands) {
        return new Turning(rope, operands.input("cosSin").asFloatBuffer());
    }

    /** Turns the row that begins at {@code offset}. */
    void turn(float[] rows, int offset, int position) {
        int width = Math.toIntExact(rope.dim());
        for (int pair = 0; pair < width / 2; pair++) {
            float cos = cosSin.get(position * width + pair);
            float sin = cosSin.get(position * width + width / 2 + pair);
            int first = offset + rope.rotary().first(pair);
            int second = offset + rope.rotary().second(pair, width);
            float x = rows[first];
            float y = rows[second];
            rows[first] = x * cos - y * sin;
            rows[second] = y * cos + x * sin;
        }
    }
}
