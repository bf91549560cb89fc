package dev.ridgepoint.kernels.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tolerances against simulated machines: honest ones must pass, and the usual mistakes must not. */
class ToleranceTest {
    private static final DoubleUnaryOperator SIGNED = x -> x;
    private static final DoubleUnaryOperator POSITIVE = Math::abs;

    private static Tolerance gemm(Precision precision, long k) {
        return Tolerance.of(new GemmProblem(GemmShape.of(8, 8, k), precision));
    }

    private interface Machine {
        double add(Sum sum);
    }

    private static double worst(
            Precision precision, DType type, int k, DoubleUnaryOperator shape, int trials, Machine machine) {
        Tolerance tolerance = gemm(precision, k);
        SplittableRandom random = new SplittableRandom(k);
        double worst = 0;
        for (int i = 0; i < trials; i++) {
            Sum sum = Sum.random(type, k, shape, random);
            double result = FloatCodec.round(precision.output(), (float) machine.add(sum));
            worst = Math.max(worst, sum.strain(tolerance, result));
        }
        return worst;
    }

    private static void passesButNotByFar(String what, double strain) {
        passes(what, strain);
        assertTrue(strain > 0.01, what + " uses only " + strain + ": the tolerance sees nothing");
    }

    private static void passes(String what, double strain) {
        assertTrue(strain <= 1, what + " uses " + strain + " of what is allowed");
    }

    static Stream<Arguments> machines() {
        Machine nearest = sum -> sum.toNearest(24);
        Machine tensorCore = sum -> sum.tensorCore(Accumulator.TENSOR_FP32);
        Machine fp8 = sum -> sum.tensorCore(Accumulator.TENSOR_FP8);
        return Stream.of(
                Arguments.of("fp32", Precision.FP32, DType.FP32, nearest),
                Arguments.of("bf16 on a CPU", Precision.BF16, DType.BF16, nearest),
                Arguments.of("bf16 on a tensor core", Precision.BF16, DType.BF16, tensorCore),
                Arguments.of("tf32 on a tensor core", Precision.TF32, DType.TF32, tensorCore),
                Arguments.of("fp8 on a tensor core", Precision.FP8_E4M3, DType.FP8_E4M3, fp8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("machines")
    void honestSumsPass(String name, Precision precision, DType type, Machine machine) {
        for (int k : new int[] {1, 16, 250, 4096, 30000}) {
            for (DoubleUnaryOperator shape : new DoubleUnaryOperator[] {SIGNED, POSITIVE}) {
                double worst = worst(precision, type, k, shape, Math.max(12, 30_000 / k), machine);
                if (k < 250) {
                    passes(name + " K=" + k, worst);
                } else {
                    passesButNotByFar(name + " K=" + k, worst);
                }
            }
        }
    }

    /** 16-bit sums, the classic short cut: found at every size that matters. */
    @Test
    void sumsInHalfPrecisionAreRefused() {
        for (int k : new int[] {256, 4096}) {
            assertTrue(worst(Precision.FP32, DType.FP16, k, SIGNED, 50, sum -> sum.toNearest(11)) > 1);
            assertTrue(worst(Precision.BF16, DType.BF16, k, SIGNED, 50, sum -> sum.toNearest(8)) > 1);
        }
        assertTrue(
                worst(Precision.FP32, DType.FP32, 4096, POSITIVE, 50, s -> s.tensorCore(Accumulator.TENSOR_FP8)) > 1);
    }

    /**
     * Equal terms err to one side, so that an honest sum of them grows wrong with K and not with its root. The tolerance of
     * patterns allows that, and a forgotten term still shows.
     */
    @Test
    void equalTermsErrToOneSide() {
        double[] terms = new double[1100];
        Arrays.fill(terms, (double) 1.2f * 1.5f);
        Sum sum = new Sum(terms);
        GemmProblem problem = new GemmProblem(GemmShape.of(8, 8, terms.length), Precision.FP32);
        double error = Math.abs(sum.toNearest(24) - sum.total());
        Tolerance patterns = Tolerance.ofPatterns(problem);
        assertTrue(error > Tolerance.of(problem).allowed(sum.total(), sum.abs(), sum.root()), "error " + error);
        assertTrue(error <= patterns.allowed(sum.total(), sum.abs()), "error " + error);
        assertTrue(terms[0] > patterns.allowed(sum.total(), sum.abs()), "a forgotten term");
        assertEquals(1100 * 0x1p-24, patterns.value());
        assertEquals(
                138 * 5 * 0x1p-23,
                Tolerance.ofPatterns(new GemmProblem(problem.shape(), Precision.BF16))
                        .value());
        assertTrue(patterns.source().contains("any pattern"), patterns.source());
    }

    static Stream<Precision> floatingPoint() {
        return Precision.ALL.stream().filter(precision -> precision.accumulate() != DType.INT32);
    }

    /** In a tile of 256 elements a forgotten last step of 32 products, or no work at all, is found at once. */
    @Test
    void aForgottenTailIsRefused() {
        int k = 4096;
        SplittableRandom random = new SplittableRandom(1);
        Sum[] tile = new Sum[256];
        double[] tails = new double[tile.length];
        for (int i = 0; i < tile.length; i++) {
            tile[i] = Sum.random(DType.FP8_E4M3, k, SIGNED, random);
            tails[i] = new Sum(Arrays.copyOfRange(tile[i].terms(), k - 32, k)).total();
        }
        floatingPoint().forEach(precision -> {
            Tolerance tolerance = gemm(precision, k);
            double worst = 0;
            int zeros = 0;
            for (int i = 0; i < tile.length; i++) {
                worst = Math.max(worst, tile[i].strain(tolerance, tile[i].total() - tails[i]));
                zeros += tile[i].strain(tolerance, 0) > 1 ? 1 : 0;
            }
            assertTrue(worst > 1, precision + ": a missing tail uses " + worst);
            assertTrue(zeros > 230, precision + ": zeros are refused in " + zeros + " of 256 elements only");
        });
    }

    @Test
    void weightsMayBeRoundedAfterDequantisation() {
        int k = 2048;
        Tolerance tolerance = gemm(Precision.W4A16_G128, k);
        SplittableRandom random = new SplittableRandom(2);
        double worst = 0;
        for (int i = 0; i < 200; i++) {
            double[] exact = new double[k];
            double rounded = 0;
            for (int j = 0; j < k; j++) {
                float scale = FloatCodec.round(DType.FP16, (float) (0.01 + random.nextDouble()));
                int code = random.nextInt(16) - 8;
                double activation = FloatCodec.round(DType.BF16, (float) random.nextGaussian());
                exact[j] = activation * code * scale;
                rounded += activation * FloatCodec.round(DType.BF16, code * FloatCodec.round(DType.BF16, scale));
            }
            worst = Math.max(worst, new Sum(exact).strain(tolerance, FloatCodec.round(DType.BF16, (float) rounded)));
        }
        passesButNotByFar("bf16 weights", worst);
    }

    /** fp32: 4 sqrt(K) units of 2^-24, never more than K of them. Tensor cores as their Javadoc says. */
    @Test
    void growthByHand() {
        assertEquals(4 * 64 * 0x1p-24, gemm(Precision.FP32, 4096).value());
        assertEquals(9 * 0x1p-24, gemm(Precision.FP32, 9).value());
        assertEquals(
                4,
                gemm(Precision.FP32, 1 << 16).value()
                        / gemm(Precision.FP32, 1 << 12).value());
        // 4096 / 8 = 512 steps, 2048 / 32 = 64 steps.
        assertEquals(
                (4 * Math.sqrt(512) + 128 + 4) * 0x1p-23,
                gemm(Precision.BF16, 4096).value(),
                1e-18);
        assertEquals((4 * 8 + 16 + 4) * 0x1p-13, gemm(Precision.FP8_E4M3, 2048).value());
        assertEquals(0, gemm(Precision.INT8, 4096).value());
        for (long k = 1; k < 1L << 40; k *= 2) {
            for (Precision precision : Precision.ALL) {
                assertTrue(gemm(precision, 2 * k).value() >= gemm(precision, k).value());
            }
        }
    }

    /** int8 sums are exact; what remains is two scales and one rounding to bf16. */
    @Test
    void int8AllowsOneRounding() {
        Tolerance tolerance = gemm(Precision.INT8, 4096);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 10_000; i++) {
            int sum = random.nextInt(2_000_000) - 1_000_000;
            float scaleA = (float) random.nextDouble();
            float scaleB = (float) random.nextDouble();
            double exact = (double) sum * scaleA * scaleB;
            double result = FloatCodec.round(DType.BF16, sum * scaleA * scaleB);
            assertTrue(Math.abs(result - exact) <= tolerance.allowed(exact, 1e12));
            double off = FloatCodec.round(DType.BF16, (float) (exact * (1 + 0x1p-6)));
            assertTrue(exact == 0 || Math.abs(off - exact) > tolerance.allowed(exact, 1e12));
        }
    }

    @Test
    void withoutSquaresTheCertainBoundIsUsed() {
        Tolerance tolerance = gemm(Precision.FP32, 100);
        double relative = 5 * 0x1p-24;
        assertEquals(40 * 0x1p-24 * 7 + 0x1p-24 * 7 + relative * 2 + 0x1p-126, tolerance.allowed(-2, 7), 1e-20);
        assertEquals(40 * 0x1p-24 * 3.5 + 0x1p-24 * 2 + relative * 2 + 0x1p-126, tolerance.allowed(2, 7, 0.5), 1e-20);
        assertTrue(tolerance.allowed(2, 7, 100) == tolerance.allowed(2, 7));
        assertEquals(0x1p-25, gemm(Precision.FP16, 100).allowed(0, 0), "half of fp16's smallest step");
    }

    @Test
    void quantiseIsBitExactWhereAQuantiserIsPinned() {
        for (QuantFormat format : QuantFormat.ALL) {
            Tolerance dequantise = Tolerance.of(QuantizeProblem.of(Direction.DEQUANTIZE, 4, 512, DType.BF16, format));
            assertEquals(Tolerance.Kind.BIT_EXACT, dequantise.kind());
            assertEquals(0, dequantise.allowed(3, 100));
            Problem quantise = QuantizeProblem.of(Direction.QUANTIZE, 4, 512, DType.BF16, format);
            if (QuantCodecs.of(format).encoderIsPinned()) {
                assertEquals(Tolerance.Kind.BIT_EXACT, Tolerance.of(quantise).kind());
            } else {
                var error = assertThrows(IllegalArgumentException.class, () -> Tolerance.of(quantise));
                assertTrue(error.getMessage().startsWith("format: "), error.getMessage());
            }
        }
    }
}
