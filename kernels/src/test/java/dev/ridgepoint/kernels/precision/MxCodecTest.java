package dev.ridgepoint.kernels.precision;

import static dev.ridgepoint.kernels.precision.TieMatrix.div;
import static dev.ridgepoint.kernels.precision.TieMatrix.mul;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MxCodecTest {
    static Stream<Arguments> formatsAndRules() {
        return Stream.of(QuantFormat.MXFP8_E4M3, QuantFormat.MXFP4)
                .flatMap(format -> Stream.of(MxScaleRule.values()).map(rule -> Arguments.of(format, rule)));
    }

    private static NearestSearch grid(QuantFormat format) {
        return format == QuantFormat.MXFP4 ? NearestSearch.E2M1 : NearestSearch.E4M3;
    }

    /** The scale by its definition, found by trying all of them; powers of two are exact in double. */
    private static int scaleCode(MxScaleRule rule, NearestSearch grid, float absMax) {
        double emax = grid == NearestSearch.E2M1 ? 2 : 8;
        if (rule == MxScaleRule.RCEIL) {
            double wanted = mul(absMax, div(1, grid.largest()));
            int code = 0;
            while (Math.pow(2, code - 127) < wanted) {
                code++;
            }
            return code;
        }
        double max = rule == MxScaleRule.EVEN ? roundedToGrid(grid, absMax) : absMax;
        if (max > Float.MAX_VALUE) {
            return 255;
        }
        int code = 254;
        while (code > 0 && Math.pow(2, code - 127 + emax) > max) {
            code--;
        }
        return code;
    }

    /** To the grid's significand at any exponent, halves up: 2^k * n / 2^bits for the nearest whole n. */
    private static double roundedToGrid(NearestSearch grid, float absMax) {
        int stored = grid == NearestSearch.E2M1 ? 1 : 3;
        if (absMax < Float.MIN_NORMAL) {
            return absMax;
        }
        double unit = Math.pow(2, Math.getExponent(absMax) - stored);
        return Math.floor(absMax / unit + 0.5) * unit;
    }

    @ParameterizedTest
    @MethodSource("formatsAndRules")
    void scalesAndCodesAreThePublishedOnes(QuantFormat format, MxScaleRule rule) {
        NearestSearch grid = grid(format);
        double[] ties = IntStream.range(0, grid.finiteCodes() - 1)
                .mapToDouble(c -> (grid.magnitude(c) + grid.magnitude(c + 1)) / 2)
                .toArray();
        QuantCodec codec = QuantCodecs.microscaling(format, rule);
        for (int seed = 0; seed < 30; seed++) {
            int cols = seed % 2 == 0 ? 64 : 77;
            TieMatrix m = TieMatrix.of(
                    Granularity.group(32),
                    20,
                    cols,
                    seed,
                    ties,
                    max -> Math.pow(2, scaleCode(rule, grid, (float) max) - 127));
            QuantTensor tensor = codec.encode(m.values(), 20, cols);
            float[] decoded = codec.decode(tensor);
            int[] scales = IntStream.range(0, m.absMax().length)
                    .map(g -> scaleCode(rule, grid, m.absMax()[g]))
                    .toArray();
            for (int i = 0; i < m.values().length; i++) {
                int group = m.groupOf()[i];
                int scale = scales[group];
                assertEquals(scale, tensor.scales()[group] & 0xFF, () -> rule + " of " + m.absMax()[group]);
                double exact = m.values()[i] * Math.pow(2, 127 - scale);
                int code = scale == 255 ? grid.bits() == 8 ? 0x7F : 7 : grid.encode(exact);
                int rowBytes = (cols + 1) / 2;
                int pair = format == QuantFormat.MXFP4 ? tensor.codes()[i / cols * rowBytes + i % cols / 2] : 0;
                int stored = format == QuantFormat.MXFP4 ? pair >> (4 * (i % cols % 2)) & 15 : tensor.codes()[i] & 0xFF;
                assertEquals(code, stored, () -> exact + " under scale " + scale);
                double value = FloatCodec.decode(format.element(), stored);
                assertEquals(mul(value, scale == 255 ? Double.NaN : Math.pow(2, scale - 127)), decoded[i]);
            }
        }
    }

    /**
     * e4m3's largest is 448 = 1.75 * 2^8, e2m1's 6 = 1.5 * 2^2; scale codes are 127 + exponent.
     *
     * <p>449: FLOOR leaves 2^0 and saturates, RCEIL needs 2^1, EVEN rounds 1.754 to 1.75 and stays. 496 = 1.9375 * 2^8
     * rounds up to 2^9 in EVEN. 1.25 in e2m1: floor(log2 1.25) - 2 = -2, where floor(log2(1.25 / 6)) would be -3. 7 in
     * e2m1 is 1.75 * 2^2, half-way, and EVEN goes up.
     */
    @ParameterizedTest
    @CsvSource({
        "mxfp8_e4m3, 448, 127, 127, 127",
        "mxfp8_e4m3, 449, 127, 128, 127",
        "mxfp8_e4m3, 480, 127, 128, 127",
        "mxfp8_e4m3, 495.9, 127, 128, 127",
        "mxfp8_e4m3, 496, 127, 128, 128",
        "mxfp8_e4m3, 1, 119, 119, 119",
        "mxfp8_e4m3, 0, 0, 0, 0",
        "mxfp8_e4m3, 1e-40, 0, 0, 0",
        "mxfp8_e4m3, 0x1p-118, 1, 1, 1",
        "mxfp8_e4m3, 3.4028235e38, 246, 247, 255",
        "mxfp4, 6, 127, 127, 127",
        "mxfp4, 6.0001, 127, 128, 127",
        "mxfp4, 7, 127, 128, 128",
        "mxfp4, 1.25, 125, 125, 125",
        "mxfp4, 3.4028235e38, 252, 253, 255",
    })
    void scalesByHand(String format, float absMax, int floor, int rceil, int even) {
        int[] expected = {floor, rceil, even};
        for (MxScaleRule rule : MxScaleRule.values()) {
            QuantTensor tensor =
                    QuantCodecs.microscaling(QuantFormat.parse(format), rule).encode(new float[] {0, -absMax, 0}, 1, 3);
            assertEquals(expected[rule.ordinal()], tensor.scales()[0] & 0xFF, rule.name());
        }
    }

    /** 6 in FLOOR has scale 1: codes 0x7 for 6, 0x9 for -0.5, 0x2 for the tie 0.75, and an odd row ends in 0. */
    @Test
    void nibblesByHand() {
        QuantTensor tensor = QuantCodecs.of(QuantFormat.MXFP4).encode(new float[] {6, -0.5f, 0.75f, 1, 4, 6}, 2, 3);
        assertArrayEquals(new byte[] {(byte) 0x97, 0x02, 0x62, 0x07}, tensor.codes());
        assertArrayEquals(new byte[] {127, 127}, tensor.scales());
    }

    @Test
    void whatIsNotFiniteMakesItsBlockNan() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] row = new float[64];
            row[3] = bad;
            row[40] = 1;
            for (MxScaleRule rule : MxScaleRule.values()) {
                QuantCodec codec = QuantCodecs.microscaling(QuantFormat.MXFP8_E4M3, rule);
                QuantTensor tensor = codec.encode(row, 1, 64);
                assertEquals(255, tensor.scales()[0] & 0xFF);
                assertEquals(0x7F, tensor.codes()[0], "0 * NaN");
                float[] decoded = codec.decode(tensor);
                assertTrue(Float.isNaN(decoded[0]) && Float.isNaN(decoded[31]));
                assertEquals(1, decoded[40]);
                QuantCodec fp4 = QuantCodecs.microscaling(QuantFormat.MXFP4, rule);
                assertEquals(0x77, fp4.encode(row, 1, 64).codes()[0]);
                assertTrue(Float.isNaN(fp4.decode(fp4.encode(row, 1, 64))[31]));
            }
        }
    }

    /** 2^127 has a subnormal reciprocal and 2^-127 is one: neither may be flushed to zero. */
    @Test
    void scalesAtTheEndsOfTheirRange() {
        byte[] codes = {0x38, 0x38, 0x01};
        QuantTensor low = new QuantTensor(QuantFormat.MXFP8_E4M3, 1, 3, codes, new byte[1], new byte[0], 1);
        assertArrayEquals(
                new float[] {0x1p-127f, 0x1p-127f, 0x1p-136f},
                QuantCodecs.of(QuantFormat.MXFP8_E4M3).decode(low));
        QuantTensor high =
                new QuantTensor(QuantFormat.MXFP8_E4M3, 1, 3, codes, new byte[] {(byte) 254}, new byte[0], 1);
        assertArrayEquals(
                new float[] {0x1p127f, 0x1p127f, 0x1p118f},
                QuantCodecs.of(QuantFormat.MXFP8_E4M3).decode(high));
    }

    @Test
    void onlyMicroscalingFormatsHaveScaleRules() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> QuantCodecs.microscaling(QuantFormat.NVFP4, MxScaleRule.FLOOR));
        assertTrue(error.getMessage().startsWith("format:"), error.getMessage());
    }
}
