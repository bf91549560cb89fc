package dev.ridgepoint.kernels.precision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FloatCodecTest {
    private static final Map<DType, NearestSearch> MODELS = Map.of(
            DType.FP16, NearestSearch.FP16,
            DType.BF16, NearestSearch.BF16,
            DType.FP8_E4M3, NearestSearch.E4M3,
            DType.FP8_E5M2, NearestSearch.E5M2,
            DType.FP4_E2M1, NearestSearch.E2M1);

    static Stream<DType> searched() {
        return MODELS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("searched")
    void everyFiniteCodeMeansWhatItsFieldsSayAndComesBack(DType type) {
        NearestSearch model = MODELS.get(type);
        int signBit = 1 << (model.bits() - 1);
        for (int code = 0; code < model.finiteCodes(); code++) {
            assertBits((float) model.magnitude(code), FloatCodec.decode(type, code), code);
            assertBits((float) -model.magnitude(code), FloatCodec.decode(type, code | signBit), code);
            assertEquals(code, FloatCodec.encode(type, FloatCodec.decode(type, code)));
            assertEquals(code | signBit, FloatCodec.encode(type, FloatCodec.decode(type, code | signBit)));
        }
    }

    @ParameterizedTest
    @MethodSource("searched")
    void everyMidpointGoesToTheEvenCodeAndItsNeighboursToTheNearest(DType type) {
        NearestSearch model = MODELS.get(type);
        for (int code = 0; code + 1 < model.finiteCodes(); code++) {
            double exact = (model.magnitude(code) + model.magnitude(code + 1)) / 2;
            float middle = (float) exact;
            assertEquals(exact, middle, "midpoints are fp32 numbers");
            int even = code % 2 == 0 ? code : code + 1;
            assertEquals(even, FloatCodec.encode(type, middle), () -> "tie at " + middle);
            assertEquals(code, FloatCodec.encode(type, Math.nextDown(middle)));
            assertEquals(code + 1, FloatCodec.encode(type, Math.nextUp(middle)));
            assertAgrees(type, model, -middle);
            assertAgrees(type, model, Math.nextUp(-middle));
            assertAgrees(type, model, Math.nextDown(-middle));
        }
    }

    @ParameterizedTest
    @MethodSource("searched")
    void randomBitsAgreeWithTheSearch(DType type) {
        NearestSearch model = MODELS.get(type);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300_000; i++) {
            assertAgrees(type, model, Float.intBitsToFloat(random.nextInt()));
            assertAgrees(type, model, (float) (model.largest() * 1.2 * (random.nextDouble() - 0.5)));
        }
    }

    private static void assertAgrees(DType type, NearestSearch model, float value) {
        if (!Float.isNaN(value)) {
            int expected = model.encode(value);
            int got = FloatCodec.encode(type, value);
            if (expected != got) {
                throw new AssertionError(type + " of " + value + ": searched " + expected + ", encoded " + got);
            }
        }
    }

    /** Worked by hand from the definitions of the types. */
    @ParameterizedTest
    @CsvSource({
        // Largest numbers, and the first values beyond them.
        "fp16, 65504, 7BFF",
        "fp16, 65519.996, 7BFF",
        "fp16, 65520, 7C00",
        "fp16, -Infinity, FC00",
        "bf16, 0x1.fep127, 7F7F",
        "bf16, 0x1.fefffep127, 7F7F",
        "bf16, 0x1.ffp127, 7F80",
        "fp8_e4m3, 448, 7E",
        "fp8_e4m3, 464, 7E",
        "fp8_e4m3, 1e30, 7E",
        "fp8_e4m3, Infinity, 7E",
        "fp8_e4m3, -Infinity, FE",
        "fp8_e5m2, 57344, 7B",
        "fp8_e5m2, 61440, 7B",
        "fp8_e5m2, -Infinity, FB",
        "fp4_e2m1, 6.5, 7",
        "fp4_e2m1, -Infinity, F",
        // Smallest subnormals and half of them: a tie between 0 and 1 goes to 0.
        "fp16, 0x1p-24, 1",
        "fp16, 0x1p-25, 0",
        "fp16, 0x1.000002p-25, 1",
        "fp16, -0x1p-25, 8000",
        "bf16, 0x1p-133, 1",
        "bf16, 0x1p-134, 0",
        "fp8_e4m3, 0x1p-9, 1",
        "fp8_e4m3, 0x1p-10, 0",
        "fp8_e4m3, 0x1.8p-9, 2",
        "fp8_e5m2, 0x1p-16, 1",
        "fp8_e5m2, 0x1p-17, 0",
        "fp8_e5m2, 1e-45, 0",
        // Largest subnormal, and the tie between it and the smallest normal.
        "fp8_e4m3, 0x1.cp-7, 7",
        "fp8_e4m3, 0x1.ep-7, 8",
        // 17 is half-way between 16 (0x58) and 18 (0x59); 19 between 18 and 20 (0x5A).
        "fp8_e4m3, 17, 58",
        "fp8_e4m3, 19, 5A",
        // The grid of e2m1 is 0 .5 1 1.5 2 3 4 6, so its ties are .25 .75 1.25 1.75 2.5 3.5 5.
        "fp4_e2m1, 0.25, 0",
        "fp4_e2m1, 0.75, 2",
        "fp4_e2m1, 1.25, 2",
        "fp4_e2m1, 1.75, 4",
        "fp4_e2m1, 2.5, 4",
        "fp4_e2m1, 3.5, 6",
        "fp4_e2m1, 5, 6",
        "fp4_e2m1, -5, E",
        "fp4_e2m1, 5.0000005, 7",
        // tf32 keeps ten stored bits: 1 + 2^-11 is a tie.
        "tf32, 0x1.002p0, 3F800000",
        "tf32, 0x1.006p0, 3F804000",
        "tf32, 0x1.002002p0, 3F802000",
        "tf32, 0x1.fffp127, 7F800000",
        "tf32, 0x1.ffdffep127, 7F7FE000",
        // e8m0: 1.5 * 2^e is the tie; codes 127 and 128 are 1 and 2.
        "e8m0, 1, 7F",
        "e8m0, 1.5, 80",
        "e8m0, 3, 80",
        "e8m0, 3.0000002, 81",
        "e8m0, 0, 0",
        "e8m0, -0.0, 0",
        "e8m0, 0x1p-149, 0",
        "e8m0, 0x1.8p-127, 0",
        "e8m0, 0x1.800004p-127, 1",
        "e8m0, 3.4028235e38, FE",
        "e8m0, Infinity, FF",
        "e8m0, -1, FF",
    })
    void handWorked(String type, float value, String code) {
        assertEquals(
                code,
                Integer.toHexString(FloatCodec.encode(DType.parse(type), value)).toUpperCase());
    }

    @Test
    void e8m0MeansPowersOfTwoFromMinus127() {
        for (int code = 0; code < 255; code++) {
            float value = FloatCodec.decode(DType.E8M0, code);
            assertEquals(Math.pow(2, code - 127), value);
            assertEquals(code, FloatCodec.encode(DType.E8M0, value));
            if (code < 254) {
                double middle = 1.5 * value;
                int even = code % 2 == 0 ? code : code + 1;
                assertEquals(even, FloatCodec.encode(DType.E8M0, (float) middle));
                assertEquals(code, FloatCodec.encode(DType.E8M0, Math.nextDown((float) middle)));
                assertEquals(code + 1, FloatCodec.encode(DType.E8M0, Math.nextUp((float) middle)));
            }
        }
        assertTrue(Float.isNaN(FloatCodec.decode(DType.E8M0, 255)));
        assertEquals(0x0040_0000, Float.floatToRawIntBits(FloatCodec.decode(DType.E8M0, 0)), "an fp32 subnormal");
    }

    /** Over every tf32 number: the code itself, the tie above it and the tie's neighbours. */
    @Test
    void tf32RoundsTiesToEvenAndRnaAway() {
        int step = 1 << 13;
        for (int bits = 0; bits < 0x7F80_0000 - step; bits += step) {
            float tie = Float.intBitsToFloat(bits + step / 2);
            int even = bits / step % 2 == 0 ? bits : bits + step;
            assertEquals(bits, FloatCodec.encode(DType.TF32, Float.intBitsToFloat(bits)));
            assertEquals(even, FloatCodec.encode(DType.TF32, tie));
            assertEquals(bits, FloatCodec.encode(DType.TF32, Math.nextDown(tie)));
            assertEquals(bits + step, FloatCodec.encode(DType.TF32, Math.nextUp(tie)));
            assertEquals(bits + step, Float.floatToRawIntBits(FloatCodec.roundToTf32Away(tie)));
            assertEquals(bits, Float.floatToRawIntBits(FloatCodec.roundToTf32Away(Math.nextDown(tie))));
            assertEquals(bits + step | 1 << 31, Float.floatToRawIntBits(FloatCodec.roundToTf32Away(-tie)));
        }
        assertTrue(Float.isNaN(FloatCodec.roundToTf32Away(Float.NaN)));
        assertEquals(Float.NEGATIVE_INFINITY, FloatCodec.roundToTf32Away(Float.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @CsvSource({
        // sign 1, quiet, payload in the bits that fit.
        "fp16, FFC00000, FE00",
        "fp16, 7FE02000, 7F01",
        // A signalling NaN is made quiet, or it could become an infinity.
        "fp16, 7F800001, 7E00",
        "bf16, 7F800001, 7FC0",
        "bf16, FF810000, FFC1",
        "tf32, 7F800001, 7FC00000",
        "tf32, FFC0FFFF, FFC0E000",
        "fp8_e4m3, 7FC00000, 7F",
        "fp8_e4m3, FFC00000, 7F",
        "fp8_e5m2, FF800001, 7F",
        "fp4_e2m1, FFC00000, 7",
        "e8m0, FFC00000, FF",
    })
    void nanIsPinned(String type, String nan, String code) {
        float value = Float.intBitsToFloat(Integer.parseUnsignedInt(nan, 16));
        assertEquals(
                code,
                Integer.toHexString(FloatCodec.encode(DType.parse(type), value)).toUpperCase());
    }

    @Test
    void codesThatAreNoNumbersDecodeToWhatTheyAre() {
        for (int code = 0x7C01; code < 0x8000; code++) {
            assertTrue(Float.isNaN(FloatCodec.decode(DType.FP16, code)));
            assertEquals(code | 0x200, FloatCodec.encode(DType.FP16, FloatCodec.decode(DType.FP16, code)));
        }
        for (int code = 0x7F81; code < 0x8000; code++) {
            assertTrue(Float.isNaN(FloatCodec.decode(DType.BF16, code)));
            assertEquals(code | 0x8040, FloatCodec.encode(DType.BF16, FloatCodec.decode(DType.BF16, code | 0x8000)));
        }
        assertEquals(Float.NEGATIVE_INFINITY, FloatCodec.decode(DType.FP16, 0xFC00));
        assertEquals(Float.POSITIVE_INFINITY, FloatCodec.decode(DType.FP8_E5M2, 0x7C));
        assertTrue(Float.isNaN(FloatCodec.decode(DType.FP8_E5M2, 0x7D)));
        assertTrue(Float.isNaN(FloatCodec.decode(DType.FP8_E4M3, 0x7F)));
        assertTrue(Float.isNaN(FloatCodec.decode(DType.FP8_E4M3, 0xFF)));
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FP32", "TF32", "FP16", "BF16", "FP8_E4M3", "FP8_E5M2", "FP4_E2M1", "E8M0"})
    void bulkIsTheScalarElementByElement(DType type) {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[1001];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * 20 - 10);
        }
        byte[] bytes = FloatCodec.encode(type, values);
        assertEquals((1001L * type.bits() + 7) / 8, bytes.length);
        float[] back = FloatCodec.decode(type, bytes, values.length);
        for (int i = 0; i < values.length; i++) {
            assertBits(FloatCodec.round(type, values[i]), back[i], i);
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 8).order(ByteOrder.BIG_ENDIAN);
        direct.position(5);
        FloatCodec.encode(type, values, 0, values.length, direct);
        assertEquals(5 + bytes.length, direct.position());
        assertEquals(ByteOrder.BIG_ENDIAN, direct.order());
        byte[] copy = new byte[bytes.length];
        direct.get(5, copy);
        assertArrayEquals(bytes, copy, "always little-endian");
        float[] part = new float[12];
        direct.position(5);
        FloatCodec.decode(type, direct, part, 2, 10);
        assertEquals(5 + (10 * type.bits() + 7) / 8, direct.position());
        assertEquals(0, part[1]);
        assertBits(back[9], part[11], 9);
    }

    @Test
    void halvesLieLittleEndianAndNibblesLowFirst() {
        assertArrayEquals(
                new byte[] {0x00, 0x3C, 0x00, (byte) 0xC0}, FloatCodec.encode(DType.FP16, new float[] {1, -2}));
        assertArrayEquals(new byte[] {(byte) 0xC2, 0x07}, FloatCodec.encode(DType.FP4_E2M1, new float[] {1, -2, 6}));
    }

    @Test
    void integersHaveNoCodecAndTheErrorSaysSo() {
        var error = assertThrows(IllegalArgumentException.class, () -> FloatCodec.encode(DType.INT8, 1f));
        assertTrue(error.getMessage().startsWith("type: int8"), error.getMessage());
    }

    @Test
    void extremesOfEachType() {
        assertEquals(65504, FloatCodec.maxFinite(DType.FP16));
        assertEquals(0x1.fep127f, FloatCodec.maxFinite(DType.BF16));
        assertEquals(448, FloatCodec.maxFinite(DType.FP8_E4M3));
        assertEquals(57344, FloatCodec.maxFinite(DType.FP8_E5M2));
        assertEquals(6, FloatCodec.maxFinite(DType.FP4_E2M1));
        assertEquals(0x1p127f, FloatCodec.maxFinite(DType.E8M0));
        assertEquals(Float.MAX_VALUE, FloatCodec.maxFinite(DType.FP32));
        assertEquals(0x1p-24f, FloatCodec.smallestPositive(DType.FP16));
        assertEquals(0x1p-133f, FloatCodec.smallestPositive(DType.BF16));
        assertEquals(0x1p-9f, FloatCodec.smallestPositive(DType.FP8_E4M3));
        assertEquals(0x1p-127f, FloatCodec.smallestPositive(DType.E8M0));
    }

    private static void assertBits(float expected, float actual, int where) {
        assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(actual), () -> "at " + where);
    }
}
