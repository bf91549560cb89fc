package dev.ridgepoint.kernels.precision;

import static dev.ridgepoint.kernels.precision.TieMatrix.div;
import static dev.ridgepoint.kernels.precision.TieMatrix.mul;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** int8 with zero points in the words of GPTQ's eight-bit checkpoints, worked out again here. */
class ZeroPointInt8Test {
    /** Subnormal scales included. */
    private static final TieGroups TIES = new TieGroups(255, -16, 34);

    private static final QuantFormat FORMAT = QuantFormat.INT8_G128_ZP;
    private static final QuantCodec CODEC = QuantCodecs.of(FORMAT);

    private static int word(byte[] bytes, int index) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4 * index);
    }

    /** Word [col / 4, channel], byte col % 4. */
    private static int code(QuantTensor tensor, int channel, int col) {
        return word(tensor.codes(), col / 4 * tensor.rows() + channel) >>> (8 * (col % 4)) & 255;
    }

    /** Word [group, channel / 4], byte channel % 4, one less and modulo 256. */
    private static int zero(QuantTensor tensor, int channel, int group) {
        int word = word(tensor.zeros(), group * ((tensor.rows() + 3) / 4) + channel / 4);
        return ((word >>> (8 * (channel % 4)) & 255) + 1) % 256;
    }

    /** Scales [groups, channels]. */
    private static float scale(QuantTensor tensor, int channel, int group) {
        ByteBuffer scales = ByteBuffer.wrap(tensor.scales()).order(ByteOrder.LITTLE_ENDIAN);
        return FloatCodec.decode(DType.FP16, scales.getShort(2 * (group * tensor.rows() + channel)) & 0xFFFF);
    }

    /** Nearest integer, ties to even, moved by the zero point and limited to eight bits; what is no number is the zero point. */
    private static int limited(double quotient, int zero) {
        if (Double.isNaN(quotient)) {
            return zero;
        }
        double below = Math.floor(quotient);
        double part = quotient - below;
        double nearest = part > 0.5 || (part == 0.5 && below % 2 != 0) ? below + 1 : below;
        return (int) Math.max(0, Math.min(255, nearest + zero));
    }

    private static int[] codes(float... row) {
        QuantTensor tensor = CODEC.encode(row, 1, row.length);
        return IntStream.range(0, row.length).map(i -> code(tensor, 0, i)).toArray();
    }

    private static float[] decoded(float... row) {
        return CODEC.decode(CODEC.encode(row, 1, row.length));
    }

    @Test
    void codesZerosAndScalesAreThePublishedOnes() {
        int[][] extents = {{16, 256}, {11, 301}, {1, 1}, {9, 64}};
        int ties = 0;
        int zeroTies = 0;
        int movedByFp16 = 0;
        int subnormal = 0;
        int cut = 0;
        for (int seed = 0; seed < 60; seed++) {
            int rows = extents[seed % 4][0];
            int cols = extents[seed % 4][1];
            float[] values = TIES.matrix(rows, cols, new SplittableRandom(seed));
            QuantTensor tensor = CODEC.encode(values, rows, cols);
            float[] decoded = CODEC.decode(tensor);
            for (int i = 0; i < values.length; i++) {
                int channel = i / cols;
                int col = i % cols;
                int group = col / 128;
                float lo = 0;
                float hi = 0;
                for (int c = group * 128; c < Math.min(cols, group * 128 + 128); c++) {
                    lo = Math.min(lo, values[channel * cols + c]);
                    hi = Math.max(hi, values[channel * cols + c]);
                }
                float range = Math.max((float) ((double) hi - lo), 1e-5f);
                float scale = (float) NearestSearch.FP16.magnitude(NearestSearch.FP16.encode(div(range, 255)));
                int zero = limited(div(-lo, scale), 0);
                int code = limited(div(values[i], scale), zero);
                String what = "x=" + values[i] + " lo=" + lo + " hi=" + hi;
                assertEquals(scale, scale(tensor, channel, group), what);
                assertEquals(zero, zero(tensor, channel, group), what);
                assertEquals(code, code(tensor, channel, col), what);
                assertEquals(mul(code - zero, scale), decoded[i], what);
                ties += Math.abs(div(values[i], scale)) % 1 == 0.5 ? 1 : 0;
                zeroTies += div(-lo, scale) % 1 == 0.5 ? 1 : 0;
                movedByFp16 += code == limited(div(values[i], div(range, 255)), zero) ? 0 : 1;
                subnormal += scale < 0x1p-14f ? 1 : 0;
                cut += div(values[i], scale) + zero > 255.5 ? 1 : 0;
            }
        }
        String counts = ties + " ties, " + zeroTies + " under tied zeros, " + movedByFp16 + " moved by fp16, "
                + subnormal + " under subnormal scales, " + cut + " cut off";
        assertTrue(IntStream.of(ties, zeroTies, movedByFp16, subnormal).min().getAsInt() > 1000, counts);
        assertTrue(cut > 100, counts);
    }

    /** Every code under every zero point, both as they lie in words; scales are ones, so values are the differences. */
    @Test
    void everyCodeUnderEveryZeroPoint() {
        ByteBuffer codes = ByteBuffer.allocate(256 * 256).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer scales = ByteBuffer.allocate(2 * 2 * 256).order(ByteOrder.LITTLE_ENDIAN);
        byte[] zeros = new byte[2 * 256];
        for (int col = 0; col < 256; col += 4) {
            int word = 0x03020100 + col * 0x01010101;
            IntStream.range(0, 256).forEach(i -> codes.putInt(word));
        }
        IntStream.range(0, 512).forEach(i -> scales.putShort((short) 0x3c00));
        IntStream.range(0, 512).forEach(i -> zeros[i] = (byte) (i % 256 - 1));
        float[] values = CODEC.decode(new QuantTensor(FORMAT, 256, 256, codes.array(), scales.array(), zeros, 1));
        for (int i = 0; i < values.length; i++) {
            assertEquals(i % 256 - i / 256, values[i]);
        }
    }

    /** Every scale there is, NaN and infinities included, at a difference of 0 and at the largest two. */
    @Test
    void everyScale() {
        int channels = 1 << 16;
        ByteBuffer codes = ByteBuffer.allocate(4 * channels).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer scales = ByteBuffer.allocate(2 * channels).order(ByteOrder.LITTLE_ENDIAN);
        byte[] zeros = new byte[channels];
        for (int i = 0; i < channels; i++) {
            codes.putInt(0xff8000);
            scales.putShort((short) i);
            zeros[i] = (byte) 0x7f;
        }
        float[] values = CODEC.decode(new QuantTensor(FORMAT, channels, 3, codes.array(), scales.array(), zeros, 1));
        int[] differences = {-128, 0, 127};
        for (int i = 0; i < values.length; i++) {
            float expected = mul(differences[i % 3], FloatCodec.decode(DType.FP16, i / 3));
            assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(values[i]));
        }
    }

    /** A range of 255 makes the scale 1, so codes are roundings of the values, and -100.5 is a zero point on a tie. */
    @Test
    void tiesByHand() {
        assertArrayEquals(
                new int[] {0, 254, 100, 100, 100, 101, 102, 98, 98},
                codes(-100.5f, 154.5f, 0, 0.5f, -0.5f, Math.nextUp(0.5f), 1.5f, -1.5f, -2.5f));
        assertArrayEquals(new float[] {-100, 154, 0, 2, -2}, decoded(-100.5f, 154.5f, 0.5f, 1.5f, -1.5f));
        // Both ends are rounded away from 0, so the larger would be code 256.
        assertArrayEquals(new int[] {0, 255, 102}, codes(-101.5f, 153.5f, 0));
    }

    /** Zero points at either end, which GPTQ stores as 255 and 254, and words filled up with zeros. */
    @Test
    void groupsOfOneSign() {
        QuantTensor above = CODEC.encode(new float[] {255, 1, 0, 7, 8}, 1, 5);
        assertArrayEquals(new byte[] {(byte) 0xff, 0, 0, 0}, above.zeros());
        assertArrayEquals(new byte[] {(byte) 0xff, 1, 0, 7, 8, 0, 0, 0}, above.codes());
        QuantTensor below = CODEC.encode(new float[] {-255, -1, 0, -7, -8}, 1, 5);
        assertArrayEquals(new byte[] {(byte) 0xfe, 0, 0, 0}, below.zeros());
        assertArrayEquals(new byte[] {0, (byte) 0xfe, (byte) 0xff, (byte) 0xf8, (byte) 0xf7, 0, 0, 0}, below.codes());
        assertArrayEquals(new float[] {-255, -1, 0, -7, -8}, CODEC.decode(below));
    }

    /** One number in a whole group: range holds 0, so it is 255 steps from it, and what fp16 made of a step decides the rest. */
    @Test
    void constantGroups() {
        for (float one : new float[] {3, -3, 1e-3f, 0x1p-20f, 1000}) {
            float scale = FloatCodec.round(DType.FP16, Math.max(Math.abs(one), 1e-5f) / 255);
            float steps = Math.min(255, (float) Math.rint(Math.abs(one) / scale));
            for (float value : decoded(one, one, one)) {
                assertEquals(Math.copySign(steps * scale, one), value, "" + one);
            }
        }
    }

    @Test
    void whatIsNotFiniteAndWhatIsTiny() {
        assertArrayEquals(new float[] {-3, 252, 0}, decoded(-3, 252, Float.NaN));
        for (float endless : new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE}) {
            for (float value : decoded(1, endless)) {
                assertTrue(Float.isNaN(value), "" + value);
            }
        }
        assertArrayEquals(new float[20], decoded(new float[20]));
        // 1e-5 / 255 is two thirds of the smallest fp16, which it becomes; 1e-5 is 168 steps of that, 4e-8 is two
        // thirds of one.
        float scale = 0x1p-24f;
        assertArrayEquals(new float[] {168 * scale, scale, 0}, decoded(1e-5f, 4e-8f, Float.MIN_VALUE));
        // 1.5 times the smallest, less a little, is the smallest too: what lies above 255 steps is cut off.
        assertArrayEquals(new float[] {255 * scale, 200 * scale}, decoded(382 * scale, 200 * scale));
    }
}
