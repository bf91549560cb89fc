package dev.ridgepoint.kernels.precision;

import static dev.ridgepoint.kernels.precision.TieMatrix.div;
import static dev.ridgepoint.kernels.precision.TieMatrix.mul;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GgufLegacyTest {
    private static final QuantCodec Q4 = QuantCodecs.of(QuantFormat.Q4_0);
    private static final QuantCodec Q8 = QuantCodecs.of(QuantFormat.Q8_0);

    /** A code from an element and its block's d, before it is limited to what fits. */
    private interface Rule {
        double code(float x, float d);
    }

    private static float inverse(float d) {
        return d == 0 ? 0 : div(1, d);
    }

    private static final Rule Q4_RULE = (x, d) -> Math.floor((float) (mul(x, inverse(d)) + 8.5));
    private static final Rule Q8_RULE = (x, d) -> {
        double scaled = mul(x, inverse(d));
        double nearest = Math.rint(scaled);
        boolean tie = Math.abs(scaled - Math.floor(scaled) - 0.5) == 0;
        return tie ? Math.signum(scaled) * Math.ceil(Math.abs(scaled)) : nearest;
    };

    private static TieMatrix q4Matrix(long seed) {
        double[] ties = IntStream.range(0, 8).mapToDouble(k -> k + 0.5).toArray();
        return TieMatrix.of(Granularity.group(32), 40, 130, seed, ties, max -> div(max, 8));
    }

    private static TieMatrix q8Matrix(long seed) {
        double[] ties = IntStream.range(0, 127).mapToDouble(k -> k + 0.5).toArray();
        return TieMatrix.of(Granularity.group(32), 40, 130, seed, ties, max -> div(max, 127));
    }

    /** The first element of a block is its largest, and its equals lie behind it. An all-zero block has d = 0 / -8. */
    private static float q4Scale(TieMatrix m, int i) {
        float largest = m.values()[i - i % m.cols() % 32];
        return largest == 0 ? -0f : div(largest, -8);
    }

    private static byte[] block(byte[] codes, int size, int row, int col) {
        int at = (row * 5 + col / 32) * size;
        return Arrays.copyOfRange(codes, at, at + size);
    }

    private static float half(byte[] block) {
        return FloatCodec.decode(DType.FP16, block[0] & 0xFF | block[1] << 8);
    }

    @Test
    void q4IsTheReferenceWithoutContraction() {
        for (int seed = 0; seed < 40; seed++) {
            TieMatrix m = q4Matrix(seed);
            QuantTensor tensor = Q4.encode(m.values(), m.rows(), m.cols());
            float[] decoded = Q4.decode(tensor);
            for (int i = 0; i < m.values().length; i++) {
                int col = i % m.cols();
                byte[] block = block(tensor.codes(), 18, i / m.cols(), col);
                float d = q4Scale(m, i);
                assertEquals(FloatCodec.round(DType.FP16, d), half(block));
                int nibble = block[2 + col % 16] >> (col % 32 < 16 ? 0 : 4) & 0xF;
                double expected = Math.max(0, Math.min(15, Q4_RULE.code(m.values()[i], d)));
                expected = Double.isNaN(expected) ? 0 : expected;
                assertEquals((int) expected, nibble, () -> "d=" + d);
                assertEquals(mul(nibble - 8, half(block)), decoded[i]);
            }
        }
    }

    @Test
    void q8IsTheReference() {
        for (int seed = 0; seed < 40; seed++) {
            TieMatrix m = q8Matrix(seed);
            QuantTensor tensor = Q8.encode(m.values(), m.rows(), m.cols());
            float[] decoded = Q8.decode(tensor);
            for (int i = 0; i < m.values().length; i++) {
                int col = i % m.cols();
                byte[] block = block(tensor.codes(), 34, i / m.cols(), col);
                float d = div(m.absMax()[m.groupOf()[i]], 127);
                assertEquals(FloatCodec.round(DType.FP16, d), half(block));
                double expected = Math.max(-128, Math.min(127, Q8_RULE.code(m.values()[i], d)));
                expected = Double.isNaN(expected) ? 0 : expected;
                assertEquals((int) expected, block[2 + col % 32]);
                assertEquals(mul(block[2 + col % 32], half(block)), decoded[i]);
            }
        }
    }

    private static int q4Differences(Rule other) {
        int differing = 0;
        for (int seed = 0; seed < 40; seed++) {
            TieMatrix m = q4Matrix(seed);
            for (int i = 0; i < m.values().length; i++) {
                float d = q4Scale(m, i);
                differing += Q4_RULE.code(m.values()[i], d) == other.code(m.values()[i], d) ? 0 : 1;
            }
        }
        return differing;
    }

    private static int q8Differences(Rule other) {
        int differing = 0;
        for (int seed = 0; seed < 40; seed++) {
            TieMatrix m = q8Matrix(seed);
            for (int i = 0; i < m.values().length; i++) {
                float d = div(m.absMax()[m.groupOf()[i]], 127);
                differing += Q8_RULE.code(m.values()[i], d) == other.code(m.values()[i], d) ? 0 : 1;
            }
        }
        return differing;
    }

    /** Else the tests above could not tell these mistakes from the rule. */
    @Test
    void theVectorsShowTheUsualMistakes() {
        int fused = q4Differences((x, d) -> Math.floor(Math.fma(x, inverse(d), 8.5f)));
        int divided = q4Differences((x, d) -> Math.floor((float) (div(x, d) + 8.5)));
        int halfScale =
                q4Differences((x, d) -> Math.floor((float) (mul(x, inverse(FloatCodec.round(DType.FP16, d))) + 8.5)));
        int toEven = q8Differences((x, d) -> Math.rint(mul(x, inverse(d))));
        int q8Divided = q8Differences((x, d) -> Q8_RULE.code(div(x, d), 1));
        String counts = fused + " fused, " + divided + " divided, " + halfScale + " by fp16 d, " + toEven
                + " ties to even, " + q8Divided + " q8_0 divided";
        assertTrue(Math.min(Math.min(fused, divided), Math.min(halfScale, Math.min(toEven, q8Divided))) >= 100, counts);
    }

    /**
     * d = 8 / -8 = -1 (fp16 BC00), id = -1. Codes trunc(-x + 8.5): 8 to 0, -8 to min(15, 16), 0 to 8, 0.5 to 8, -0.5 to
     * 9, 1 to 7, 2.5 to 6, 7.5 to 1. Elements 0 and 16 share a byte.
     */
    @Test
    void q4ByHand() {
        float[] row = new float[32];
        float[] first = {8, 0.5f, -0.5f, 1};
        float[] second = {-8, 2.5f, 7.5f, -7};
        System.arraycopy(first, 0, row, 0, 4);
        System.arraycopy(second, 0, row, 16, 4);
        byte[] codes = Q4.encode(row, 1, 32).codes();
        byte[] expected = new byte[18];
        Arrays.fill(expected, (byte) 0x88);
        byte[] start = {0x00, (byte) 0xBC, (byte) 0xF0, 0x68, 0x19, (byte) 0xF7};
        System.arraycopy(start, 0, expected, 0, start.length);
        assertArrayEquals(expected, codes);
    }

    /** The first of equal magnitudes gives the sign: -4 makes d = 0.5 and +4 the code min(15, trunc(8 + 8.5)) = 15. */
    @Test
    void q4TakesTheFirstOfEqualMagnitudes() {
        float[] row = new float[32];
        row[3] = -4;
        row[7] = 4;
        byte[] codes = Q4.encode(row, 1, 32).codes();
        assertEquals(0.5f, half(codes));
        assertEquals(0, codes[2 + 3] & 0xF);
        assertEquals(15, codes[2 + 7] & 0xF);
    }

    /** d = 127 / 127 = 1 (fp16 3C00): halves go away from zero, and 0.49999997 is no half. */
    @Test
    void q8ByHand() {
        float[] row = new float[32];
        float[] start = {127, 0.5f, 1.5f, 2.5f, -0.5f, -2.5f, 0.49999997f, -126.5f};
        System.arraycopy(start, 0, row, 0, start.length);
        byte[] expected = new byte[34];
        byte[] codes = {0x00, 0x3C, 127, 1, 2, 3, -1, -3, 0, -127};
        System.arraycopy(codes, 0, expected, 0, codes.length);
        assertArrayEquals(expected, Q8.encode(row, 1, 32).codes());
    }

    @Test
    void aRaggedLastBlockIsFilledWithZeros() {
        float[] row = new float[33];
        row[32] = -2;
        byte[] q4 = Q4.encode(row, 1, 33).codes();
        assertEquals(2 * 18, q4.length);
        // The first block is all zero: d = 0 / -8 = -0, codes 8.
        assertEquals((byte) 0x80, q4[1]);
        assertEquals((byte) 0x88, q4[2]);
        // The second: d = 0.25, element 0 is code 0, its high half and all others 8.
        assertEquals(0.25f, half(Arrays.copyOfRange(q4, 18, 36)));
        assertEquals((byte) 0x80, q4[20]);
        float[] back = new float[33];
        Arrays.fill(back, 0, 32, -0f);
        back[32] = -2;
        assertArrayEquals(back, Q4.decode(Q4.encode(row, 1, 33)), "0 * -0 is -0");
        byte[] q8 = Q8.encode(row, 1, 33).codes();
        assertEquals(-127, q8[34 + 2]);
        assertEquals(0, q8[34 + 3]);
    }

    @Test
    void whatIsNotFinite() {
        float[] row = new float[32];
        row[0] = 8;
        row[1] = Float.NaN;
        assertEquals(0, Q4.encode(row, 1, 32).codes()[3] & 0xF, "NaN is code 0");
        assertEquals(8, Q4.decode(Q4.encode(row, 1, 32))[1], "which stands for -8 d");
        assertEquals(0, Q8.encode(row, 1, 32).codes()[3]);
        row[1] = Float.POSITIVE_INFINITY;
        // d is infinite, id 0 and inf * 0 NaN: code 0 again; finite elements become 0 * inf.
        assertEquals(Float.POSITIVE_INFINITY, Q4.decode(Q4.encode(row, 1, 32))[1]);
        assertTrue(Float.isNaN(Q4.decode(Q4.encode(row, 1, 32))[0]));
        for (float value : Q8.decode(Q8.encode(row, 1, 32))) {
            assertTrue(Float.isNaN(value));
        }
    }
}
