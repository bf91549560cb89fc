package dev.ridgepoint.kernels.precision;

import java.util.List;

/**
 * GGUF q4_k and q6_k: decoders as {@code dequantize_row_q4_K} and {@code dequantize_row_q6_K} of ggml-quants.c.
 *
 * <p>The encoders here are <em>not llama.cpp's</em>, whose quantisers search for the scales of least weighted error.
 * Ours takes each sub-block's range as it is, rounds scales to nearest and then codes by the scales as stored: enough
 * to make operands, nothing to hold a kernel to. It refuses values that are not finite.
 *
 * <p>Every product in the q4_k decoder is exact in fp32 (11 bits of d, 6 of a scale, 4 of a code), so a fused
 * multiply-add gives the same bits. q6_k multiplies {@code (d * scale) * code}, of which the first product is exact.
 */
abstract class KQuants extends BlockCodec {
    private static final int BLOCK = 256;

    private KQuants(QuantFormat format) {
        super(format);
    }

    static List<QuantCodec> all() {
        return List.of(new Q4K(), new Q6K());
    }

    @Override
    public final boolean encoderIsPinned() {
        return false;
    }

    @Override
    public final boolean takesNonFinite() {
        return false;
    }

    private static void finite(float[] block) {
        for (float value : block) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("values: k-quants take finite values only, got " + value);
            }
        }
    }

    /** value / unit to nearest, or 0 where there is no unit, within [lo, hi]. */
    private static int round(float value, float unit, int lo, int hi) {
        return unit == 0 ? Math.max(lo, 0) : Math.max(lo, Math.min(hi, (int) Math.rint(value / unit)));
    }

    /**
     * 144 bytes: fp16 d, fp16 dmin, 12 bytes of eight 6-bit scales and minima, 128 bytes of codes. Sub-block s is
     * elements 32 s to 32 s + 31; its codes are the low (even s) or high (odd s) nibbles of bytes 32 (s / 2) on.
     * value = (d * scale) * code - dmin * min.
     *
     * <p>Bytes 0-3 hold the low six bits of scales 0-3, bytes 4-7 of minima 0-3; bytes 8-11 hold the low nibbles of
     * scales 4-7 and, above them, of minima 4-7, whose upper two bits sit on top of bytes 0-3 and 4-7.
     */
    private static final class Q4K extends KQuants {
        private static final int SUB = 32;
        private static final int SCALES = 4;
        private static final int CODES = 16;

        Q4K() {
            super(QuantFormat.Q4_K);
        }

        @Override
        void encodeBlock(float[] block, byte[] out, int at) {
            finite(block);
            float[] step = new float[BLOCK / SUB];
            float[] below = new float[BLOCK / SUB];
            for (int s = 0; s < step.length; s++) {
                float lo = 0;
                float hi = 0;
                for (int i = s * SUB; i < (s + 1) * SUB; i++) {
                    lo = Math.min(lo, block[i]);
                    hi = Math.max(hi, block[i]);
                }
                step[s] = (hi - lo) / 15;
                below[s] = -lo;
            }
            putHalf(out, at, Groups.absMax(step, 0, step.length, 0) / 63);
            putHalf(out, at + 2, Groups.absMax(below, 0, below.length, 0) / 63);
            float d = getHalf(out, at);
            float dmin = getHalf(out, at + 2);
            for (int s = 0; s < step.length; s++) {
                int scale = round(step[s], d, 0, 63);
                int min = round(below[s], dmin, 0, 63);
                putScale(out, at + SCALES, s, scale, min);
                for (int i = 0; i < SUB; i++) {
                    int code = round(block[s * SUB + i] + dmin * min, d * scale, 0, 15);
                    out[at + CODES + s / 2 * SUB + i] |= (byte) (code << (s % 2 * 4));
                }
            }
        }

        private static void putScale(byte[] out, int at, int s, int scale, int min) {
            if (s < 4) {
                out[at + s] |= (byte) scale;
                out[at + 4 + s] |= (byte) min;
            } else {
                out[at + 4 + s] = (byte) (scale & 0xF | min << 4);
                out[at + s - 4] |= (byte) (scale >> 4 << 6);
                out[at + s] |= (byte) (min >> 4 << 6);
            }
        }

        private static int scale(byte[] codes, int at, int s) {
            return s < 4 ? codes[at + s] & 63 : codes[at + 4 + s] & 0xF | (codes[at + s - 4] >> 6 & 3) << 4;
        }

        private static int min(byte[] codes, int at, int s) {
            return s < 4 ? codes[at + 4 + s] & 63 : codes[at + 4 + s] >> 4 & 0xF | (codes[at + s] >> 6 & 3) << 4;
        }

        @Override
        void decodeBlock(byte[] codes, int at, float[] block) {
            float d = getHalf(codes, at);
            float dmin = getHalf(codes, at + 2);
            for (int s = 0; s < BLOCK / SUB; s++) {
                float step = d * scale(codes, at + SCALES, s);
                float min = dmin * min(codes, at + SCALES, s);
                for (int i = 0; i < SUB; i++) {
                    int code = codes[at + CODES + s / 2 * SUB + i] >> (s % 2 * 4) & 0xF;
                    block[s * SUB + i] = step * code - min;
                }
            }
        }
    }

    /**
     * 210 bytes: 128 bytes of low nibbles, 64 bytes of upper bit pairs, sixteen signed 8-bit scales, fp16 d. Elements
     * come in halves of 128: element 128 h + 32 q + l has its low nibble in byte 64 h + 32 (q % 2) + l, the low one for
     * q below 2, and its upper bits at 2 q of byte 32 h + l. Scale s belongs to elements 16 s to 16 s + 15. value =
     * (d * scale) * (code - 32).
     */
    private static final class Q6K extends KQuants {
        private static final int SUB = 16;
        private static final int HIGH = 128;
        private static final int SCALES = 192;
        private static final int D = 208;

        Q6K() {
            super(QuantFormat.Q6_K);
        }

        @Override
        void encodeBlock(float[] block, byte[] out, int at) {
            finite(block);
            float[] step = new float[BLOCK / SUB];
            for (int s = 0; s < step.length; s++) {
                step[s] = Groups.absMax(block, s * SUB, (s + 1) * SUB, 0) / 31;
            }
            putHalf(out, at + D, Groups.absMax(step, 0, step.length, 0) / 127);
            float d = getHalf(out, at + D);
            for (int s = 0; s < step.length; s++) {
                out[at + SCALES + s] = (byte) round(step[s], d, 0, 127);
            }
            for (int i = 0; i < BLOCK; i++) {
                int code = 32 + round(block[i], d * out[at + SCALES + i / SUB], -32, 31);
                out[at + lowByte(i)] |= (byte) ((code & 0xF) << lowShift(i));
                out[at + HIGH + highByte(i)] |= (byte) (code >> 4 << highShift(i));
            }
        }

        private static int lowByte(int i) {
            return i / 128 * 64 + i % 64;
        }

        private static int lowShift(int i) {
            return i % 128 / 64 * 4;
        }

        private static int highByte(int i) {
            return i / 128 * 32 + i % 32;
        }

        private static int highShift(int i) {
            return i % 128 / 32 * 2;
        }

        @Override
        void decodeBlock(byte[] codes, int at, float[] block) {
            float d = getHalf(codes, at + D);
            for (int i = 0; i < BLOCK; i++) {
                int low = codes[at + lowByte(i)] >> lowShift(i) & 0xF;
                int high = codes[at + HIGH + highByte(i)] >> highShift(i) & 3;
                block[i] = d * codes[at + SCALES + i / SUB] * ((low | high << 4) - 32);
            }
        }
    }
}
