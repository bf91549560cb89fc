package dev.ridgepoint.kernels.precision;

import java.util.List;

/**
 * GGUF q4_0 and q8_0 as {@code quantize_row_q4_0_ref} and {@code quantize_row_q8_0_ref} of ggml-quants.c compute them:
 * blocks of 32, {@code x * id} with {@code id = 1 / d} from the fp32 d, while the block stores fp16 d, ties to even.
 *
 * <p>The reference leaves two things to the compiler, so they are pinned here. Products are rounded before 8.5 is
 * added: no fused multiply-add. Floats that do not fit an integer, undefined in C, saturate, and NaN becomes 0.
 *
 * <p>NaN passes the maximum unseen; it becomes code 0, which stands for 0 in q8_0 and for -8 d in q4_0. A block whose
 * largest magnitude is infinite, or beyond fp16 after the division, decodes to infinities and NaN. An all-zero block
 * has d = 0 (in q4_0 its sign bit is set: 0 / -8). Where d is a subnormal too small for {@code 1 / d}, elements
 * saturate; they decode to 0 all the same, d being 0 in fp16.
 */
final class GgufLegacy {
    private GgufLegacy() {}

    static List<QuantCodec> all() {
        return List.of(new Q4(), new Q8());
    }

    /**
     * 18 bytes: fp16 d, then 16 bytes of which byte j holds element j in the low and element j + 16 in the high nibble.
     * d = m / -8 with m the element of largest magnitude, the first of equals, with its sign; code = min(15, trunc(x *
     * id + 8.5)); value = (code - 8) * d.
     */
    private static final class Q4 extends BlockCodec {
        private static final int HALF = 16;

        Q4() {
            super(QuantFormat.Q4_0);
        }

        @Override
        void encodeBlock(float[] block, byte[] out, int at) {
            float d = signedMax(block) / -8;
            float id = d == 0 ? 0 : 1 / d;
            putHalf(out, at, d);
            for (int j = 0; j < HALF; j++) {
                out[at + 2 + j] = (byte) (code(block[j], id) | code(block[j + HALF], id) << 4);
            }
        }

        private static float signedMax(float[] block) {
            float absMax = 0;
            float max = 0;
            for (float value : block) {
                if (absMax < Math.abs(value)) {
                    absMax = Math.abs(value);
                    max = value;
                }
            }
            return max;
        }

        private static int code(float value, float id) {
            return Math.max(0, Math.min(15, (int) (value * id + 8.5f)));
        }

        @Override
        void decodeBlock(byte[] codes, int at, float[] block) {
            float d = getHalf(codes, at);
            for (int j = 0; j < HALF; j++) {
                int pair = codes[at + 2 + j];
                block[j] = ((pair & 0xF) - 8) * d;
                block[j + HALF] = ((pair >> 4 & 0xF) - 8) * d;
            }
        }
    }

    /**
     * 34 bytes: fp16 d, then 32 signed codes. d = absMax / 127; code = x * id rounded to nearest, halves away from
     * zero ({@code roundf}), unlike the int8 of serving kernels; value = code * d.
     */
    private static final class Q8 extends BlockCodec {
        Q8() {
            super(QuantFormat.Q8_0);
        }

        @Override
        void encodeBlock(float[] block, byte[] out, int at) {
            float d = Groups.absMax(block, 0, block.length, 0) / 127;
            float id = d == 0 ? 0 : 1 / d;
            putHalf(out, at, d);
            for (int j = 0; j < block.length; j++) {
                out[at + 2 + j] = (byte) Math.max(-128, Math.min(127, roundHalfAway(block[j] * id)));
            }
        }

        /** In double, where adding a half to a float is exact; in float 0.49999997 + 0.5 is 1. */
        private static int roundHalfAway(float value) {
            return (int) (value + Math.copySign(0.5, value));
        }

        @Override
        void decodeBlock(byte[] codes, int at, float[] block) {
            float d = getHalf(codes, at);
            for (int j = 0; j < block.length; j++) {
                block[j] = codes[at + 2 + j] * d;
            }
        }
    }
}
