package dev.ridgepoint.kernels.precision;

import static dev.ridgepoint.kernels.precision.TieMatrix.div;
import static dev.ridgepoint.kernels.precision.TieMatrix.mul;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NvFp4CodecTest {
    private static final QuantCodec CODEC = QuantCodecs.of(QuantFormat.NVFP4);
    private static final double[] TIES = {0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5};

    /** How a block's scale and an element meet; the first is the published one. */
    private enum Form {
        PUBLISHED,
        SCALE_DIVIDED_BY_SIX,
        SCALE_IN_OTHER_ORDER,
        ELEMENT_DIVIDED
    }

    private static int scaleCode(Form form, float blockMax, float enc) {
        float wanted = switch (form) {
            case SCALE_DIVIDED_BY_SIX -> mul(div(blockMax, 6), enc);
            case SCALE_IN_OTHER_ORDER -> mul(mul(blockMax, enc), div(1, 6));
            default -> mul(blockMax, mul(enc, div(1, 6)));
        };
        return NearestSearch.E4M3.encode(wanted);
    }

    private static int code(Form form, float x, int scaleCode, float enc) {
        float scale = mul(NearestSearch.E4M3.magnitude(scaleCode), div(1, enc));
        float quotient =
                form == Form.ELEMENT_DIVIDED ? div(x, scale) : mul(x, Math.min(div(1, scale), Float.MAX_VALUE));
        return NearestSearch.E2M1.encode(quotient);
    }

    private static float[] tieBlocks(int seed, int cols) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[12 * cols];
        float top = (float) (1 + random.nextDouble());
        float enc = div(448 * 6, top);
        float blockMax = top;
        for (int i = 0; i < values.length; i++) {
            if (i % cols % 16 == 0) {
                int e4m3 = 0x30 + random.nextInt(0x4D);
                double tie = (NearestSearch.E4M3.magnitude(e4m3) + NearestSearch.E4M3.magnitude(e4m3 + 1)) / 2;
                blockMax = i == 0 ? top : Math.min(top, div(6 * tie, enc));
                values[i] = blockMax;
                continue;
            }
            float scale = mul(NearestSearch.E4M3.magnitude(scaleCode(Form.PUBLISHED, blockMax, enc)), div(1, enc));
            float tie = mul(TIES[random.nextInt(TIES.length)], scale);
            float value = random.nextInt(4) == 0 ? Math.nextUp(tie) : tie;
            values[i] = (random.nextBoolean() ? 1 : -1) * Math.min(value, blockMax);
        }
        return values;
    }

    private static float blockMax(float[] values, int cols, int i) {
        int from = i - i % cols % 16;
        float max = 0;
        for (int j = from; j < Math.min(from + 16, (i / cols + 1) * cols); j++) {
            max = Math.max(max, Math.abs(values[j]));
        }
        return max;
    }

    @Test
    void scalesAndCodesAreThePublishedOnes() {
        int[] differing = new int[Form.values().length];
        for (int seed = 0; seed < 60; seed++) {
            int cols = seed % 2 == 0 ? 64 : 39;
            float[] values = tieBlocks(seed, cols);
            float enc = div(448 * 6, values[0]);
            QuantTensor tensor = CODEC.encode(values, 12, cols);
            assertEquals(div(1, enc), tensor.tensorScale());
            float[] decoded = CODEC.decode(tensor);
            int across = (cols + 15) / 16;
            for (int i = 0; i < values.length; i++) {
                float blockMax = blockMax(values, cols, i);
                int scale = scaleCode(Form.PUBLISHED, blockMax, enc);
                int expected = code(Form.PUBLISHED, values[i], scale, enc);
                assertEquals(scale, tensor.scales()[i / cols * across + i % cols / 16]);
                int pair = tensor.codes()[i / cols * ((cols + 1) / 2) + i % cols / 2];
                int stored = pair >> (4 * (i % cols % 2)) & 15;
                assertEquals(expected, stored);
                float blockScale = mul(NearestSearch.E4M3.magnitude(scale), tensor.tensorScale());
                assertEquals(mul(FloatCodec.decode(DType.FP4_E2M1, stored), blockScale), decoded[i]);
                for (Form form : Form.values()) {
                    int otherScale = scaleCode(form, blockMax, enc);
                    boolean same = otherScale == scale && code(form, values[i], otherScale, enc) == expected;
                    differing[form.ordinal()] += same ? 0 : 1;
                }
            }
        }
        // That this test could tell the wrong forms: it sees each of them.
        for (Form form : Form.values()) {
            assertEquals(
                    form == Form.PUBLISHED, differing[form.ordinal()] < 20, form + " " + differing[form.ordinal()]);
        }
    }

    /**
     * The tensor's largest is 448 * 6, so enc = tensorScale = 1. The first block's scale is e4m3(2688 / 6) = 448: 1344
     * is code 3 * 448, and the tie 2.5 * 448 goes to 2. The second block's largest 6 has scale 1 (0x38): codes are e2m1
     * itself. The third, all zero, has scale 0.
     */
    @Test
    void byHand() {
        float[] row = new float[48];
        float[] first = {2688, 1344, -1120, 448};
        float[] second = {6, -4, 0.25f, 5, 1.5f};
        System.arraycopy(first, 0, row, 0, first.length);
        System.arraycopy(second, 0, row, 16, second.length);
        QuantTensor tensor = CODEC.encode(row, 1, 48);
        assertEquals(1, tensor.tensorScale());
        assertArrayEquals(new byte[] {0x7E, 0x38, 0}, tensor.scales());
        byte[] expected = new byte[24];
        expected[0] = 0x57;
        expected[1] = 0x2C;
        expected[8] = (byte) 0xE7;
        expected[9] = 0x60;
        expected[10] = 0x03;
        assertArrayEquals(expected, tensor.codes());
    }

    @Test
    void edges() {
        QuantTensor zeros = CODEC.encode(new float[20], 1, 20);
        assertEquals(1, zeros.tensorScale());
        assertArrayEquals(new byte[10], zeros.codes());
        assertArrayEquals(new byte[2], zeros.scales());

        // 2688 / 1e-40 overflows: enc is the largest float. The block scale is 1e-40 * (FLT_MAX / 6) = 0.00567 ->
        // 3/512.
        QuantTensor tiny = CODEC.encode(new float[] {1e-40f}, 1, 1);
        assertEquals(div(1, Float.MAX_VALUE), tiny.tensorScale());
        assertEquals(3, tiny.scales()[0]);

        QuantTensor nan = CODEC.encode(new float[] {Float.NaN, 6}, 1, 2);
        assertEquals(0x77, nan.codes()[0], "NaN becomes 6: the format has no NaN");

        // The largest is infinite: enc = 1, the block scale saturates at 448, and so does the element at 6.
        QuantTensor infinite = CODEC.encode(new float[] {Float.NEGATIVE_INFINITY, 448}, 1, 2);
        assertEquals(1, infinite.tensorScale());
        assertEquals(0x7E, infinite.scales()[0]);
        assertArrayEquals(new float[] {-2688, 448}, CODEC.decode(infinite));

        // A block scale below half of 2^-9 is 0: its elements saturate, and decode to 0.
        float[] far = new float[32];
        far[0] = 2688;
        far[16] = 1e-3f;
        QuantTensor underflow = CODEC.encode(far, 1, 32);
        assertEquals(0, underflow.scales()[1]);
        assertEquals(7, underflow.codes()[8]);
        assertEquals(0, CODEC.decode(underflow)[16]);
        assertTrue(CODEC.encoderIsPinned());
    }
}
