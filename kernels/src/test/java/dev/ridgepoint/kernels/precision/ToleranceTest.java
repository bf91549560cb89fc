package dev.ridgepoint.kernels.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
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

    /** One output element: its terms, as an oracle sees them. */
    private record Sum(double[] terms) {
        double total() {
            double total = 0;
            for (double term : terms) {
                total += term;
            }
            return total;
        }

        double abs() {
            double sum = 0;
            for (double term : terms) {
                sum += Math.abs(term);
            }
            return sum;
        }

        double root() {
            double squares = 0;
            for (double term : terms) {
                squares += term * term;
            }
            return Math.sqrt(squares);
        }

        /** Error as a fraction of what is allowed. */
        double strain(Tolerance tolerance, double result) {
            return Math.abs(result - total()) / tolerance.allowed(total(), abs(), root());
        }
    }

    private static Sum random(DType type, int k, DoubleUnaryOperator shape, SplittableRandom random) {
        double[] terms = new double[k];
        for (int i = 0; i < k; i++) {
            double a = FloatCodec.round(type, (float) shape.applyAsDouble(random.nextGaussian()));
            terms[i] = a * FloatCodec.round(type, (float) shape.applyAsDouble(random.nextGaussian()));
        }
        return new Sum(terms);
    }

    /** Rounds to {@code bits} significant bits, to nearest or towards zero. */
    private static double keep(double value, int bits, boolean truncate) {
        if (value == 0) {
            return 0;
        }
        double unit = Math.scalb(1.0, Math.getExponent(value) - bits + 1);
        double scaled = value / unit;
        return unit * (truncate ? (scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled)) : Math.rint(scaled));
    }

    private static double toNearest(Sum sum, int bits) {
        double running = 0;
        for (double term : sum.terms) {
            running = keep(running + term, bits, false);
        }
        return running;
    }

    /** Products of a block aligned to the largest and cut, added, and the running sum cut. */
    private static double tensorCore(Sum sum, Accumulator machine) {
        double running = 0;
        for (int from = 0; from < sum.terms.length; from += machine.block()) {
            int to = Math.min(sum.terms.length, from + machine.block());
            double largest = 0;
            for (int i = from; i < to; i++) {
                largest = Math.max(largest, Math.abs(sum.terms[i]));
            }
            double unit = Math.scalb(1.0, Math.getExponent(largest) - machine.bits() + 1);
            double block = 0;
            for (int i = from; i < to; i++) {
                double scaled = sum.terms[i] / unit;
                block += unit * (scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled));
            }
            running = keep(running + block, machine.bits(), true);
        }
        return running;
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
            Sum sum = random(type, k, shape, random);
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
        Machine nearest = sum -> toNearest(sum, 24);
        Machine tensorCore = sum -> tensorCore(sum, Accumulator.TENSOR_FP32);
        Machine fp8 = sum -> tensorCore(sum, Accumulator.TENSOR_FP8);
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
            assertTrue(worst(Precision.FP32, DType.FP16, k, SIGNED, 50, sum -> toNearest(sum, 11)) > 1);
            assertTrue(worst(Precision.BF16, DType.BF16, k, SIGNED, 50, sum -> toNearest(sum, 8)) > 1);
        }
        assertTrue(
                worst(Precision.FP32, DType.FP32, 4096, POSITIVE, 50, s -> tensorCore(s, Accumulator.TENSOR_FP8)) > 1);
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
            tile[i] = random(DType.FP8_E4M3, k, SIGNED, random);
            tails[i] = new Sum(Arrays.copyOfRange(tile[i].terms, k - 32, k)).total();
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

    /** One query over n keys with the roundings of a flash kernel; {@code dropped} keys are forgotten. */
    private static double attention(Tolerance tolerance, Precision precision, int keys, int dropped, int seed) {
        int d = 64;
        SplittableRandom random = new SplittableRandom(seed);
        double[] scores = new double[keys];
        double[] values = new double[keys];
        double[] q = normals(precision, d, random);
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < keys; j++) {
            double[] k = normals(precision, d, random);
            double score = 0;
            for (int i = 0; i < d; i++) {
                score += q[i] * k[i];
            }
            scores[j] = score / Math.sqrt(d);
            values[j] = normals(precision, 1, random)[0];
            max = Math.max(max, scores[j]);
        }
        double norm = 0;
        for (double score : scores) {
            norm += Math.exp(score - max);
        }
        double[] terms = new double[keys];
        float sum = 0;
        float rowSum = 0;
        for (int j = 0; j < keys; j++) {
            terms[j] = Math.exp(scores[j] - max) / norm * values[j];
            if (j < keys - dropped) {
                // As FlashAttention-3 does, shifted up so that fp8 has normal numbers for all that matter.
                float p = 256 * (float) Math.exp((float) scores[j] - (float) max);
                rowSum += p;
                sum += FloatCodec.round(precision.compute(), p) * (float) values[j];
            }
        }
        return new Sum(terms).strain(tolerance, FloatCodec.round(precision.output(), sum / rowSum));
    }

    private static double[] normals(Precision precision, int count, SplittableRandom random) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = FloatCodec.round(precision.activation(), (float) random.nextGaussian());
        }
        return values;
    }

    static Stream<Precision> attending() {
        return Stream.of(Precision.FP32, Precision.FP16, Precision.BF16, Precision.FP8_E4M3);
    }

    @ParameterizedTest
    @MethodSource("attending")
    void attentionPassesAndAForgottenTileDoesNot(Precision precision) {
        for (int keys : new int[] {2, 5, 64, 1024}) {
            Tolerance tolerance =
                    Tolerance.of(new AttentionProblem(AttentionShape.of(1, 4, 4, 1, keys, 64, Mask.FULL), precision));
            double worst = 0;
            double missing = 0;
            for (int seed = 0; seed < 128; seed++) {
                worst = Math.max(worst, attention(tolerance, precision, keys, 0, seed));
                missing = Math.max(missing, attention(tolerance, precision, keys, Math.max(1, keys / 8), seed));
            }
            assertTrue(worst <= 1, precision + " over " + keys + " keys uses " + worst);
            assertTrue(missing > 1, precision + " over " + keys + " keys: a missing tile uses " + missing);
        }
    }

    /** In 16 bits the tolerance sees a single key of a thousand. */
    @Test
    void oneForgottenKeyOfAThousandIsSeen() {
        Tolerance tolerance =
                Tolerance.of(new AttentionProblem(AttentionShape.of(1, 4, 4, 1, 1024, 64, Mask.FULL), Precision.BF16));
        int seen = 0;
        for (int seed = 0; seed < 128; seed++) {
            seen += attention(tolerance, Precision.BF16, 1024, 1, seed) > 1 ? 1 : 0;
        }
        assertTrue(seen >= 8, "seen in " + seen + " of 128 elements");
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

    @Test
    void attentionNeedsFloatingPointAndSourcesSayWhatIsIn() {
        AttentionShape shape = AttentionShape.of(1, 4, 4, 8, 2048, 128, Mask.CAUSAL);
        var error = assertThrows(
                IllegalArgumentException.class, () -> Tolerance.of(new AttentionProblem(shape, Precision.INT8)));
        assertTrue(error.getMessage().startsWith("precision:"), error.getMessage());
        Tolerance fp8 = Tolerance.of(new AttentionProblem(shape, Precision.BF16_KV_FP8));
        assertTrue(fp8.source().contains("D=128 and 2048"), fp8.source());
        assertTrue(fp8.source().contains("dequantised to bf16"), fp8.source());
        Tolerance windowed = Tolerance.of(new AttentionProblem(shape.withWindow(Mask.SLIDING, 256), Precision.BF16));
        assertTrue(windowed.value()
                < Tolerance.of(new AttentionProblem(shape, Precision.BF16)).value());
    }
}
