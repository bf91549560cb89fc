package dev.ridgepoint.kernels.precision;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention's tolerance against a simulated flash kernel, whole and with keys forgotten. */
class AttentionToleranceTest {
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
