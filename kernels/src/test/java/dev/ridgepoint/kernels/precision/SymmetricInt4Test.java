package dev.ridgepoint.kernels.precision;

import static dev.ridgepoint.kernels.precision.TieMatrix.div;
import static dev.ridgepoint.kernels.precision.TieMatrix.mul;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** int4 without zero points, after GPTQ's {@code find_params} under {@code sym=True}, worked out again here. */
class SymmetricInt4Test {
    private static final QuantFormat FORMAT = QuantFormat.INT4_G128_SYM;
    private static final QuantCodec CODEC = QuantCodecs.of(FORMAT);
    /** Halves between steps, the last of which is where the largest magnitude lies. */
    private static final double[] MIDPOINTS =
            IntStream.range(0, 8).mapToDouble(k -> k + 0.5).toArray();

    /** Twice the largest magnitude in 15 steps, to the nearest fp16. */
    private static float scaleOf(double absMax) {
        float range = Math.max((float) (2 * absMax), 1e-5f);
        int code = NearestSearch.FP16.encode(div(range, 15));
        return code < NearestSearch.FP16.finiteCodes()
                ? (float) NearestSearch.FP16.magnitude(code)
                : Float.POSITIVE_INFINITY;
    }

    /** Steps from the middle, to nearest and ties to even, within four bits; what is no number is the middle. */
    private static int stepsOf(float quotient) {
        if (Float.isNaN(quotient)) {
            return 0;
        }
        double below = Math.floor(quotient);
        double part = quotient - below;
        double nearest = part > 0.5 || (part == 0.5 && below % 2 != 0) ? below + 1 : below;
        return (int) Math.max(-8, Math.min(7, nearest));
    }

    /** A code read back by the published layout: word [col / 8, channel], nibble col % 8. */
    private static int code(QuantTensor tensor, int channel, int col) {
        ByteBuffer words = ByteBuffer.wrap(tensor.codes()).order(ByteOrder.LITTLE_ENDIAN);
        return words.getInt(4 * (col / 8 * tensor.rows() + channel)) >>> (4 * (col % 8)) & 15;
    }

    /** Scales [groups, channels]. */
    private static float scale(QuantTensor tensor, int channel, int group) {
        ByteBuffer scales = ByteBuffer.wrap(tensor.scales()).order(ByteOrder.LITTLE_ENDIAN);
        return FloatCodec.decode(DType.FP16, scales.getShort(2 * (group * tensor.rows() + channel)) & 0xFFFF);
    }

    private static int[] codes(float... row) {
        QuantTensor tensor = CODEC.encode(row, 1, row.length);
        return IntStream.range(0, row.length).map(i -> code(tensor, 0, i)).toArray();
    }

    private static float[] decoded(float... row) {
        return CODEC.decode(CODEC.encode(row, 1, row.length));
    }

    /** Ties, their neighbours, subnormal and huge groups, groups of zeros: every code and scale. */
    @Test
    void codesAndScalesAreThePublishedOnes() {
        int[][] extents = {{16, 256}, {11, 301}, {1, 1}, {9, 64}};
        int ties = 0;
        int movedByFp16 = 0;
        for (int seed = 0; seed < 60; seed++) {
            int rows = extents[seed % 4][0];
            int cols = extents[seed % 4][1];
            TieMatrix matrix =
                    TieMatrix.of(FORMAT.granularity(), rows, cols, seed, MIDPOINTS, SymmetricInt4Test::scaleOf);
            QuantTensor tensor = CODEC.encode(matrix.values(), rows, cols);
            assertEquals(0, tensor.zeros().length);
            float[] decoded = CODEC.decode(tensor);
            for (int i = 0; i < matrix.values().length; i++) {
                float x = matrix.values()[i];
                float absMax = matrix.absMax()[matrix.groupOf()[i]];
                float scale = scaleOf(absMax);
                int steps = stepsOf(div(x, scale));
                String what = "x=" + x + " absMax=" + absMax;
                assertEquals(scale, scale(tensor, i / cols, i % cols / 128), what);
                assertEquals(steps + 8, code(tensor, i / cols, i % cols), what);
                assertEquals(mul(steps, scale), decoded[i], what);
                ties += Math.abs(div(x, scale)) % 1 == 0.5 ? 1 : 0;
                movedByFp16 += steps == stepsOf(div(x, div(2 * (double) absMax, 15))) ? 0 : 1;
            }
        }
        assertTrue(Math.min(ties, movedByFp16) > 1000, ties + " ties, " + movedByFp16 + " moved by fp16");
    }

    /** Every code under every scale there is, NaN and infinities included. */
    @Test
    void everyCodeUnderEveryScale() {
        int channels = 1 << 16;
        ByteBuffer codes = ByteBuffer.allocate(8 * channels).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer scales = ByteBuffer.allocate(2 * channels).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, channels).forEach(i -> codes.putInt(0x76543210));
        IntStream.range(0, channels).forEach(i -> codes.putInt(0xFEDCBA98));
        IntStream.range(0, channels).forEach(i -> scales.putShort((short) i));
        float[] values =
                CODEC.decode(new QuantTensor(FORMAT, channels, 16, codes.array(), scales.array(), new byte[0], 1));
        for (int i = 0; i < values.length; i++) {
            float scale = FloatCodec.decode(DType.FP16, i / 16);
            assertEquals(Float.floatToIntBits(mul(i % 16 - 8, scale)), Float.floatToIntBits(values[i]));
        }
    }

    /** 7.5 makes the scale 1, so codes are roundings of the values: its tie goes to 8 steps, of which there are 7 upwards. */
    @Test
    void theLargestIsSevenStepsUpAndEightDown() {
        float below = Math.nextDown(0.5f);
        float above = Math.nextUp(0.5f);
        assertArrayEquals(
                new int[] {15, 0, 8, 8, 9, 7, 10, 6, 15, 15, 1, 1},
                codes(7.5f, -7.5f, below, 0.5f, above, -above, 1.5f, -1.5f, 6.5f + 0x1p-20f, 7, -7, -7.25f));
        assertArrayEquals(new float[] {7, -8, 0}, decoded(7.5f, -7.5f, 0.25f));
    }

    /** 2 / 15 is rounded down to 1092 * 2^-13, so 1 is more than 7.5 steps; 22 / 15 up to 1502 * 2^-10, so 11 is fewer. */
    @Test
    void whatFp16MadeOfTheScaleDecidesOverTheNegativeLargest() {
        assertArrayEquals(new int[] {15, 0}, codes(1, -1));
        assertArrayEquals(new float[] {7 * 1092 * 0x1p-13f, -8 * 1092 * 0x1p-13f}, decoded(1, -1));
        assertArrayEquals(new int[] {15, 1}, codes(11, -11));
        assertArrayEquals(new float[] {7 * 1502 * 0x1p-10f, -7 * 1502 * 0x1p-10f}, decoded(11, -11));
    }

    /** GPTQ's own code has half this scale there, and 3.75 would become 1.75. */
    @Test
    void aGroupOfOneSignKeepsItsRange() {
        assertArrayEquals(new float[] {3.5f, 1, 0}, decoded(3.75f, 1, 0));
        assertArrayEquals(new float[] {-4, -1, 0}, decoded(-3.75f, -1, 0));
    }

    @Test
    void checkpointsWhoseZeroPointsAreEightHoldTheSame() {
        float[] values = TieMatrix.of(FORMAT.granularity(), 13, 300, 1, MIDPOINTS, SymmetricInt4Test::scaleOf)
                .values();
        QuantTensor tensor = CODEC.encode(values, 13, 300);
        byte[] eights = new byte[Math.toIntExact(QuantFormat.INT4_G128_GPTQ.zerosLength(13, 300))];
        Arrays.fill(eights, (byte) 0x77);
        QuantTensor gptq =
                new QuantTensor(QuantFormat.INT4_G128_GPTQ, 13, 300, tensor.codes(), tensor.scales(), eights, 1);
        assertArrayEquals(QuantCodecs.of(QuantFormat.INT4_G128_GPTQ).decode(gptq), CODEC.decode(tensor));
    }

    @Test
    void whatIsNotFiniteAndWhatIsTiny() {
        assertArrayEquals(new float[] {7, -8, 0}, decoded(7.5f, -7.5f, Float.NaN));
        for (float endless : new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE}) {
            for (float value : decoded(1, endless)) {
                assertTrue(Float.isNaN(value), "" + value);
            }
        }
        assertArrayEquals(new int[] {8, 8}, codes(0, -0f));
        // 1e-5 / 15 as an fp16 subnormal, of which 5e-6 is 7.6 steps and 2e-7 a third of one.
        float scale = 11 * 0x1p-24f;
        assertArrayEquals(new float[] {7 * scale, -8 * scale, 0}, decoded(5e-6f, -5e-6f, 2e-7f));
        assertArrayEquals(new float[2], decoded(Float.MIN_VALUE, -Float.MIN_VALUE));
    }
}
