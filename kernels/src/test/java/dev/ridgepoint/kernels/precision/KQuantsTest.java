package dev.ridgepoint.kernels.precision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoders against a reading of the blocks bit by bit, from tables of where each bit lies. */
class KQuantsTest {
    /** Bit numbers, counted from the first byte's lowest, of the six bits of each scale and minimum of q4_k. */
    private static final int[][] Q4K_SCALE = {
        {0, 1, 2, 3, 4, 5}, {8, 9, 10, 11, 12, 13}, {16, 17, 18, 19, 20, 21}, {24, 25, 26, 27, 28, 29},
        {64, 65, 66, 67, 6, 7}, {72, 73, 74, 75, 14, 15}, {80, 81, 82, 83, 22, 23}, {88, 89, 90, 91, 30, 31},
    };

    private static final int[][] Q4K_MIN = {
        {32, 33, 34, 35, 36, 37}, {40, 41, 42, 43, 44, 45}, {48, 49, 50, 51, 52, 53}, {56, 57, 58, 59, 60, 61},
        {68, 69, 70, 71, 38, 39}, {76, 77, 78, 79, 46, 47}, {84, 85, 86, 87, 54, 55}, {92, 93, 94, 95, 62, 63},
    };

    static Stream<QuantFormat> formats() {
        return Stream.of(QuantFormat.Q4_K, QuantFormat.Q6_K);
    }

    private static QuantTensor randomBlocks(QuantFormat format, int seed, int... halves) {
        byte[] codes = new byte[Math.toIntExact(format.codesLength(1, 256))];
        new SplittableRandom(seed).nextBytes(codes);
        float d = (float) (0.01 + seed * 0.003);
        for (int at : halves) {
            byte[] half = FloatCodec.encode(DType.FP16, new float[] {d});
            System.arraycopy(half, 0, codes, at, 2);
            d *= -0.7f;
        }
        return new QuantTensor(format, 1, 256, codes, new byte[0], new byte[0], 1);
    }

    private static double half(byte[] codes, int at) {
        return FloatCodec.decode(DType.FP16, codes[at] & 0xFF | codes[at + 1] << 8);
    }

    private static int field(BitSet bits, int from, int[] positions) {
        int value = 0;
        for (int i = 0; i < positions.length; i++) {
            value += bits.get(from + positions[i]) ? (int) Math.pow(2, i) : 0;
        }
        return value;
    }

    @Test
    void everyBitOfQ4KIsRead() {
        for (int seed = 0; seed < 200; seed++) {
            QuantTensor tensor = randomBlocks(QuantFormat.Q4_K, seed, 0, 2);
            BitSet bits = BitSet.valueOf(tensor.codes());
            float[] decoded = QuantCodecs.of(QuantFormat.Q4_K).decode(tensor);
            for (int i = 0; i < 256; i++) {
                int byteOfCode = 16 + 32 * (i / 64) + i % 32;
                int firstBit = 8 * byteOfCode + (i / 32 % 2 == 0 ? 0 : 4);
                int code = field(bits, firstBit, new int[] {0, 1, 2, 3});
                int scale = field(bits, 32, Q4K_SCALE[i / 32]);
                int min = field(bits, 32, Q4K_MIN[i / 32]);
                // Both products are exact in double and in float: one rounding, and no room for a fused multiply-add.
                double exact = half(tensor.codes(), 0) * scale * code - half(tensor.codes(), 2) * min;
                assertEquals((float) exact, decoded[i]);
            }
        }
    }

    @Test
    void everyBitOfQ6KIsRead() {
        for (int seed = 0; seed < 200; seed++) {
            QuantTensor tensor = randomBlocks(QuantFormat.Q6_K, seed, 208);
            BitSet bits = BitSet.valueOf(tensor.codes());
            float[] decoded = QuantCodecs.of(QuantFormat.Q6_K).decode(tensor);
            for (int i = 0; i < 256; i++) {
                int half = i / 128;
                int quarter = i % 128 / 32;
                int l = i % 32;
                int lowBit = 8 * (64 * half + (quarter % 2 == 0 ? l : 32 + l)) + (quarter < 2 ? 0 : 4);
                int highBit = 8 * (128 + 32 * half + l) + 2 * quarter;
                int code = field(bits, 0, new int[] {lowBit, lowBit + 1, lowBit + 2, lowBit + 3, highBit, highBit + 1});
                double exact = half(tensor.codes(), 208) * tensor.codes()[192 + i / 16] * (code - 32);
                assertEquals((float) exact, decoded[i]);
            }
        }
    }

    /** d = 2, dmin = 0.5; sub-block 0 has scale 3 and min 4, so code 5 is 2*3*5 - 0.5*4 = 28, and 0 is -2. */
    @Test
    void q4kByHand() {
        byte[] codes = new byte[144];
        byte[] head = {0x00, 0x40, 0x00, 0x38, 3, 0, 0, 0, 4};
        System.arraycopy(head, 0, codes, 0, head.length);
        codes[16] = 5;
        // Sub-block 7: scale 0b11_0101 = 53, min 0b10_1001 = 41; its element 1 is the high nibble of byte 16 + 96 + 1.
        codes[4 + 11] = (byte) 0x95;
        codes[4 + 3] |= (byte) 0xC0;
        codes[4 + 7] |= (byte) 0x80;
        codes[16 + 97] = (byte) 0x70;
        float[] decoded = QuantCodecs.of(QuantFormat.Q4_K)
                .decode(new QuantTensor(QuantFormat.Q4_K, 1, 256, codes, new byte[0], new byte[0], 1));
        assertEquals(28, decoded[0]);
        assertEquals(-2, decoded[1]);
        assertEquals(0, decoded[32]);
        assertEquals(2 * 53 * 7 - 20.5f, decoded[224 + 1]);
        assertEquals(-20.5f, decoded[224]);
    }

    /** d = 0.25, scale -3: code 63 is 0.25 * -3 * 31 = -23.25; code 0 is 24. */
    @Test
    void q6kByHand() {
        byte[] codes = new byte[210];
        codes[208] = 0x00;
        codes[209] = 0x34;
        codes[192] = -3;
        codes[0] = 0x0F;
        codes[128] = 0x03;
        float[] decoded = QuantCodecs.of(QuantFormat.Q6_K)
                .decode(new QuantTensor(QuantFormat.Q6_K, 1, 256, codes, new byte[0], new byte[0], 1));
        assertEquals(-23.25f, decoded[0]);
        assertEquals(24, decoded[1]);
        assertEquals(-0f, decoded[16]);
    }

    /** Uniform rounding errors of step h have RMS h / sqrt(12); scales rounded to 6 bits widen that a little. */
    @Test
    void theEncodersAreGoodEnoughForOperands() {
        assertTrue(relativeError(QuantFormat.Q4_K) < 0.10, "q4_k: " + relativeError(QuantFormat.Q4_K));
        assertTrue(relativeError(QuantFormat.Q6_K) < 0.025, "q6_k: " + relativeError(QuantFormat.Q6_K));
        assertFalse(QuantCodecs.of(QuantFormat.Q4_K).encoderIsPinned());
        assertFalse(QuantCodecs.of(QuantFormat.Q6_K).encoderIsPinned());
    }

    private static double relativeError(QuantFormat format) {
        SplittableRandom random = new SplittableRandom(5);
        float[] values = new float[40 * 300];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() + 0.3);
        }
        float[] back = QuantCodecs.of(format).decode(QuantCodecs.of(format).encode(values, 40, 300));
        double error = 0;
        double norm = 0;
        for (int i = 0; i < values.length; i++) {
            error += Math.pow(values[i] - back[i], 2);
            norm += Math.pow(values[i], 2);
        }
        return Math.sqrt(error / norm);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void zerosStayZeroAndWhatIsNotFiniteIsRefused(QuantFormat format) {
        QuantCodec codec = QuantCodecs.of(format);
        float[] decoded = codec.decode(codec.encode(new float[300], 1, 300));
        for (float value : decoded) {
            assertEquals(0f, Math.abs(value));
        }
        float[] bad = new float[300];
        bad[299] = Float.NaN;
        var error = assertThrows(IllegalArgumentException.class, () -> codec.encode(bad, 1, 300));
        assertEquals("values: k-quants take finite values only, got NaN", error.getMessage());
    }

    @Test
    void blocksHaveTheirPublishedSizes() {
        assertEquals(144, QuantFormat.Q4_K.codesLength(1, 256));
        assertEquals(210, QuantFormat.Q6_K.codesLength(1, 256));
        float[] values = new float[2 * 257];
        values[256] = 1;
        QuantTensor tensor = QuantCodecs.of(QuantFormat.Q6_K).encode(values, 2, 257);
        assertEquals(4 * 210, tensor.codes().length);
        float[] secondRow = QuantCodecs.of(QuantFormat.Q6_K).decodeRows(tensor, 1, 2);
        assertEquals(257, secondRow.length);
        assertArrayEquals(new float[257], secondRow);
    }
}
