package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;

/** The f32 at which rounding to a smaller format changes its mind; the second operand takes them backwards. */
final class Crossroads {
    /** What can stand below the bits that bf16 keeps: nothing, the least, the middle and its neighbours, the most. */
    private static final int[] BELOW_BF16 = {0, 1, 0x7fff, 0x8000, 0x8001, 0xffff};

    private static final int[] BELOW_TF32 = {0, 1, 0xfff, 0x1000, 0x1001, 0x1fff};
    private static final int TF32_FRACTION = 13;

    private Crossroads() {}

    /** Every f32 that matters to bf16. */
    static Inputs ofBf16() {
        int count = BELOW_BF16.length;
        return backwards(count << 16, row -> (long) (row / count) << 16 | BELOW_BF16[row % count]);
    }

    /** f32 of every exponent, sign and upper fraction of eight bits, at the edges of what tf32 keeps. */
    static Inputs ofTf32() {
        int count = BELOW_TF32.length;
        // The two lowest bits tf32 keeps decide ties; the one between them and the eight highest does not matter.
        return backwards(count << 17, row -> {
            long kept = row / count;
            return kept >>> 1 << 16 | (kept & 1) << TF32_FRACTION | BELOW_TF32[row % count];
        });
    }

    /** Every code of a format, the middle to the next one, and the f32 beside both. */
    static Inputs of(DType type) {
        int codes = 1 << type.bits();
        return backwards(6 * codes, row -> {
            float value = FloatCodec.decode(type, row / 6);
            float next = FloatCodec.decode(type, (row / 6 + 1) % codes);
            float number =
                    row % 6 < 3 ? value : Float.isFinite(next) ? value + (next - value) / 2 : beyond(type, value);
            return switch (row % 3) {
                case 0 -> Float.floatToRawIntBits(Math.nextDown(number));
                case 1 -> Float.floatToRawIntBits(number);
                default -> Float.floatToRawIntBits(Math.nextUp(number));
            };
        });
    }

    /** Half a step above the largest number: from there on infinity is nearer. */
    private static float beyond(DType type, float value) {
        return value + value * (float) type.unitRoundoff() / 2;
    }

    private interface Row {
        long bits(int row);
    }

    private static Inputs backwards(int rows, Row of) {
        return Inputs.of(rows, (row, operand) -> of.bits(operand == 0 ? row : rows - 1 - row));
    }
}
