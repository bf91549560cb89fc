package dev.ridgepoint.kernels.precision;

import static dev.ridgepoint.kernels.precision.TieMatrix.div;
import static dev.ridgepoint.kernels.precision.TieMatrix.mul;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Int4CodecTest {
    private static final TieGroups TIES = new TieGroups(15, -10, 20);

    /** The channel in each nibble of a word, as AutoAWQ publishes it. */
    private static final int[] AWQ_ORDER = {0, 2, 4, 6, 1, 3, 5, 7};

    static Stream<QuantFormat> formats() {
        return Stream.of(QuantFormat.INT4_G128_AWQ, QuantFormat.INT4_G128_GPTQ);
    }

    /** Codes and zero points read back word by word, by the published layouts. */
    private record Words(QuantTensor tensor) {
        private int word(byte[] bytes, int index) {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4 * index);
        }

        private int perRow() {
            return (tensor.rows() + 7) / 8;
        }

        private boolean awq() {
            return tensor.format() == QuantFormat.INT4_G128_AWQ;
        }

        private int awqNibble(int channel) {
            int nibble = 0;
            while (AWQ_ORDER[nibble] != channel % 8) {
                nibble++;
            }
            return nibble;
        }

        int code(int channel, int col) {
            return awq()
                    ? word(tensor.codes(), col * perRow() + channel / 8) >>> (4 * awqNibble(channel)) & 15
                    : word(tensor.codes(), col / 8 * tensor.rows() + channel) >>> (4 * (col % 8)) & 15;
        }

        int zero(int channel, int group) {
            int word = word(tensor.zeros(), group * perRow() + channel / 8);
            return awq() ? word >>> (4 * awqNibble(channel)) & 15 : ((word >>> (4 * (channel % 8)) & 15) + 1) % 16;
        }

        float scale(int channel, int group) {
            int at = 2 * (group * tensor.rows() + channel);
            return FloatCodec.decode(DType.FP16, tensor.scales()[at] & 0xFF | tensor.scales()[at + 1] << 8);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void codesZerosAndScalesAreThePublishedOnes(QuantFormat format) {
        int[][] extents = {{16, 256}, {11, 301}, {1, 1}, {9, 64}};
        int ties = 0;
        int zeroTies = 0;
        int roundedScales = 0;
        for (int seed = 0; seed < 60; seed++) {
            int rows = extents[seed % 4][0];
            int cols = extents[seed % 4][1];
            float[] values = TIES.matrix(rows, cols, new SplittableRandom(seed));
            QuantTensor tensor = QuantCodecs.of(format).encode(values, rows, cols);
            float[] decoded = QuantCodecs.of(format).decode(tensor);
            Words words = new Words(tensor);
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
                float scale = (float) NearestSearch.FP16.magnitude(NearestSearch.FP16.encode(
                        div(Math.max((float) ((double) hi - lo), 1e-5f), 15)));
                int zero = limited(div(-lo, scale), 0);
                int code = limited(div(values[i], scale), zero);
                assertEquals(scale, words.scale(channel, group));
                assertEquals(zero, words.zero(channel, group));
                assertEquals(code, words.code(channel, col));
                assertEquals(mul(code - zero, scale), decoded[i]);
                ties += Math.abs(div(values[i], scale)) % 1 == 0.5 ? 1 : 0;
                zeroTies += -lo / scale % 1 == 0.5 ? 1 : 0;
                float unrounded = (float) ((double) hi - lo) / 15;
                roundedScales += code == limited(div(values[i], unrounded), zero) ? 0 : 1;
            }
        }
        String counts = ties + " ties, " + zeroTies + " under tied zeros, " + roundedScales + " moved by fp16";
        assertTrue(Math.min(ties, Math.min(zeroTies, roundedScales)) > 1000, counts);
    }

    /** Nearest integer, ties to even, moved by the zero point and limited to four bits. */
    private static int limited(double quotient, int zero) {
        double below = Math.floor(quotient);
        double part = quotient - below;
        double nearest = part > 0.5 || (part == 0.5 && below % 2 != 0) ? below + 1 : below;
        return (int) Math.max(0, Math.min(15, nearest + zero));
    }

    /**
     * Eight channels of one group that runs from 0 to 15, so scale 1, zero 0. In column 0 channel j is j: the AWQ word
     * has nibbles 0 2 4 6 1 3 5 7 from the low end, 0x75316420. GPTQ's zero of 0 is stored as 15.
     */
    @Test
    void nibbleOrderByHand() {
        float[] values = new float[8 * 16];
        for (int channel = 0; channel < 8; channel++) {
            for (int col = 0; col < 16; col++) {
                values[channel * 16 + col] = col == 0 ? channel : 15 - col + 1;
            }
        }
        QuantTensor awq = QuantCodecs.of(QuantFormat.INT4_G128_AWQ).encode(values, 8, 16);
        assertArrayEquals(new byte[] {0x20, 0x64, 0x31, 0x75}, java.util.Arrays.copyOf(awq.codes(), 4));
        assertArrayEquals(new byte[] {0, 0, 0, 0}, awq.zeros());
        assertEquals(16, awq.scales().length);
        assertArrayEquals(new byte[] {0x00, 0x3C}, java.util.Arrays.copyOf(awq.scales(), 2));

        // Channel 3: columns 0..7 are 3, 15, 14 ... 9, so its word is 0x9ABCDEF3, the fourth of the first eight
        // columns.
        QuantTensor gptq = QuantCodecs.of(QuantFormat.INT4_G128_GPTQ).encode(values, 8, 16);
        assertEquals(
                0x9ABCDEF3,
                ByteBuffer.wrap(gptq.codes()).order(ByteOrder.LITTLE_ENDIAN).getInt(12));
        assertArrayEquals(new byte[] {-1, -1, -1, -1}, gptq.zeros());
    }

    /** From -3 to 12 the zero point is 3, stored by GPTQ as 2; unused channels' zeros stay 0. */
    @Test
    void zeroPointsByHand() {
        float[] values = {-3, 12, 0, 0.5f, 1.5f, -0.5f};
        QuantTensor awq = QuantCodecs.of(QuantFormat.INT4_G128_AWQ).encode(values, 1, 6);
        assertArrayEquals(new byte[] {3, 0, 0, 0}, awq.zeros());
        QuantTensor gptq = QuantCodecs.of(QuantFormat.INT4_G128_GPTQ).encode(values, 1, 6);
        assertArrayEquals(new byte[] {2, 0, 0, 0}, gptq.zeros());
        // -3 12 0 0.5 1.5 -0.5 are codes 0 15 3 3 5 3.
        assertArrayEquals(new byte[] {(byte) 0xF0, 0x33, 0x35, 0}, gptq.codes());
        assertArrayEquals(
                new float[] {-3, 12, 0, 0, 2, 0},
                QuantCodecs.of(QuantFormat.INT4_G128_GPTQ).decode(gptq));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsNotFiniteAndWhatIsZero(QuantFormat format) {
        QuantCodec codec = QuantCodecs.of(format);
        assertArrayEquals(new float[] {-3, 12, 0}, codec.decode(codec.encode(new float[] {-3, 12, Float.NaN}, 1, 3)));
        for (float value : codec.decode(codec.encode(new float[] {1, Float.POSITIVE_INFINITY}, 1, 2))) {
            assertTrue(Float.isNaN(value));
        }
        assertArrayEquals(new float[20], codec.decode(codec.encode(new float[20], 10, 2)));
        float tiny =
                FloatCodec.decode(DType.FP16, codec.encode(new float[1], 1, 1).scales()[0]);
        assertEquals(11 * 0x1p-24f, tiny, "1e-5 / 15 as an fp16 subnormal");
    }
}
