package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GemmVerifierTest {
    /** Forces the sampling half of the ladder on small problems. */
    private static final long ALWAYS_SAMPLE = 1 << 10;

    private static final int M = 70;
    private static final int N = 300;
    private static final GemmProblem PROBLEM = new GemmProblem(GemmShape.of(M, N, 64), Precision.BF16);

    private static Outputs correct;
    private static Verifier full;
    private static Verifier sampled;

    @BeforeAll
    static void compute() {
        OperandSet operands = OperandSet.generate(PROBLEM, Distribution.NORMAL, 5);
        correct = PlainKernel.multiply(PROBLEM, operands);
        full = Verifier.of(PROBLEM, operands);
        sampled = Verifier.of(PROBLEM, operands, ALWAYS_SAMPLE);
    }

    static Stream<Precision> precisions() {
        return Precision.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void aCorrectProductPasses(Precision precision) {
        for (GemmShape shape : List.of(
                GemmShape.of(37, 300, 256),
                GemmShape.grouped(19, 260, 256, 4, 2),
                GemmShape.batched(3, 19, 260, 256))) {
            GemmProblem problem = new GemmProblem(shape, precision);
            for (Distribution distribution : List.of(Distribution.NORMAL, Distribution.OUTLIER_CHANNELS)) {
                OperandSet operands = OperandSet.generate(problem, distribution, 5);
                Outputs outputs = PlainKernel.multiply(problem, operands);
                for (long limit : new long[] {ALWAYS_SAMPLE, Verifier.FULL_LIMIT}) {
                    Verdict verdict = Verifier.of(problem, operands, limit).check(outputs);
                    assertNull(verdict.firstMismatch(), problem.id());
                    assertTrue(verdict.passed());
                    assertEquals(limit == ALWAYS_SAMPLE ? "boundary+rows+projections" : "full", verdict.method());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UNIFORM", "HEAVY_TAILED", "ADVERSARIAL", "NON_FINITE"})
    void otherInputsPassToo(Distribution distribution) {
        for (Precision precision : List.of(Precision.FP32, Precision.FP16, Precision.BF16)) {
            GemmProblem problem = new GemmProblem(GemmShape.of(40, 200, 64), precision);
            OperandSet operands = OperandSet.generate(problem, distribution, 5);
            Outputs outputs = PlainKernel.multiply(problem, operands);
            for (long limit : new long[] {ALWAYS_SAMPLE, Verifier.FULL_LIMIT}) {
                assertNull(Verifier.of(problem, operands, limit).check(outputs).firstMismatch(), problem.id());
            }
        }
    }

    @Test
    void aFullComparisonSeesEverySingleElement() {
        for (int element = 0; element < correct.elements(); element += 131) {
            Outputs wrong = correct.copy();
            wrong.set(element, wrong.get(element) + 1);
            Verdict verdict = full.check(wrong);
            assertFalse(verdict.passed());
            String place = "c[" + element / N + ", " + element % N + "]: expected ";
            assertTrue(verdict.firstMismatch().startsWith(place), verdict.firstMismatch());
            assertTrue(verdict.firstMismatch().contains(", got " + wrong.get(element)), verdict.firstMismatch());
            assertEquals(1, verdict.maxAbs(), 0.1);
        }
    }

    /** Values on either side of what is allowed to one element. */
    @Test
    void theToleranceIsTheBorder() {
        GemmProblem problem = new GemmProblem(GemmShape.of(5, 7, 64), Precision.FP32);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 5);
        double[] sums = new double[3];
        new GemmOracle(problem.shape(), operands).cross(0, new int[] {2}, new int[] {3}, (i, j, sum, abs, squares) -> {
            sums[0] = sum;
            sums[1] = abs;
            sums[2] = squares;
        });
        double allowed = Tolerance.of(problem).allowed(sums[0], sums[1], Math.sqrt(sums[2]));
        Verifier verifier = Verifier.of(problem, operands);
        for (double share : new double[] {-2, -1.1, -0.9, 0, 0.9, 1.1, 2}) {
            Outputs outputs = PlainKernel.multiply(problem, operands);
            outputs.set(2 * 7 + 3, (float) (sums[0] + share * allowed));
            Verdict verdict = verifier.check(outputs);
            assertEquals(Math.abs(share) <= 1, verdict.passed(), "off by " + share + " of what is allowed");
            if (Math.abs(share) > 1) {
                assertEquals(Math.abs(share), verdict.worstShare(), 0.1);
            }
        }
    }

    static Stream<Verifier> verifiers() {
        return Stream.of(full, sampled);
    }

    @ParameterizedTest
    @MethodSource("verifiers")
    void aTailTileIgnoredIsSeen(Verifier verifier) {
        Outputs lastColumns = correct.copy();
        for (int row = 0; row < M; row++) {
            lastColumns.poison(row * N + 256, (row + 1) * N);
        }
        Verdict verdict = verifier.check(lastColumns);
        assertFalse(verdict.passed());
        assertEquals(M * (N - 256), verdict.nonFinite());
        Outputs lastRows = correct.copy();
        lastRows.poison(64 * N, M * N);
        assertFalse(verifier.check(lastRows).passed());
        Outputs zeros = correct.copy();
        for (int i = 64 * N; i < M * N; i++) {
            zeros.set(i, 0);
        }
        assertFalse(verifier.check(zeros).passed());
    }

    @ParameterizedTest
    @MethodSource("verifiers")
    void nothingWrittenIsSeen(Verifier verifier) {
        Outputs untouched = correct.copy();
        untouched.poison(0, untouched.elements());
        Verdict verdict = verifier.check(untouched);
        assertFalse(verdict.passed());
        assertEquals(M * N, verdict.nonFinite());
    }

    @ParameterizedTest
    @MethodSource("verifiers")
    void oneNanAnywhereIsSeen(Verifier verifier) {
        for (int element = 0; element < correct.elements(); element += 397) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                Outputs wrong = correct.copy();
                wrong.set(element, bad);
                Verdict verdict = verifier.check(wrong);
                assertFalse(verdict.passed());
                assertEquals(1, verdict.nonFinite());
                assertTrue(verdict.firstMismatch().contains("got " + bad), verdict.firstMismatch());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("verifiers")
    void elementsInTheWrongPlaceAreSeen(Verifier verifier) {
        assertFalse(verifier.check(correct.permuted(i -> i % M * N + i / M)).passed(), "transposed");
        for (int other = 1; other < M; other += 9) {
            int swapped = other;
            assertFalse(
                    verifier.check(correct.permuted(i -> i / N == 0 ? i + swapped * N : i / N == swapped ? i % N : i))
                            .passed(),
                    "rows 0 and " + other);
        }
        for (int other = 1; other < N; other += 31) {
            int swapped = other;
            assertFalse(
                    verifier.check(correct.permuted(i -> i % N == 0 ? i + swapped : i % N == swapped ? i - swapped : i))
                            .passed(),
                    "columns 0 and " + other);
        }
    }

    @ParameterizedTest
    @MethodSource("verifiers")
    void theInputsOfAnotherSeedAreSeen(Verifier verifier) {
        OperandSet other = OperandSet.generate(PROBLEM, Distribution.NORMAL, 6);
        assertFalse(verifier.check(PlainKernel.multiply(PROBLEM, other)).passed());
    }

    /** Corrupts single elements by the stated size all over a product and counts what goes unseen. */
    @ParameterizedTest
    @CsvSource({"BF16,256", "FP32,256", "INT8,256", "W4A16_G128,256", "FP8_E4M3,2048"})
    void theStatedMissProbabilityIsHonest(String precision, int k) throws ReflectiveOperationException {
        Precision named = (Precision) Precision.class.getField(precision).get(null);
        GemmProblem problem = new GemmProblem(GemmShape.of(120, 400, k), named);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 9);
        Outputs outputs = PlainKernel.multiply(problem, operands);
        Verifier verifier = Verifier.of(problem, operands, ALWAYS_SAMPLE);
        Verdict stated = verifier.check(outputs);
        assertTrue(stated.passed(), stated.firstMismatch());
        assertTrue(stated.missProbability() < 0.01, "miss probability " + stated.missProbability());
        int trials = 300;
        int missed = missed(verifier, outputs, stated.missSize(), trials);
        double deviation = Math.sqrt(stated.missProbability() / trials);
        assertTrue(missed <= trials * (stated.missProbability() + 4 * deviation), missed + " of " + trials);
    }

    /** A kernel that uses up its tolerance hides small errors; the verdict then says how many it may have missed. */
    @Test
    void whatCannotBeSeenIsStated() {
        GemmProblem problem = new GemmProblem(GemmShape.of(40, 400, 256), Precision.W4A16_G128);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 9);
        Outputs outputs = PlainKernel.multiply(problem, operands);
        Verifier verifier = Verifier.of(problem, operands, ALWAYS_SAMPLE);
        double size = verifier.check(outputs).missSize();
        Random random = new Random(2);
        for (int i = 0; i < outputs.elements(); i++) {
            outputs.set(i, outputs.get(i) + (float) (random.nextBoolean() ? 0.01 * size : -0.01 * size));
        }
        Verdict stated = verifier.check(outputs);
        assertTrue(stated.passed(), stated.firstMismatch());
        assertTrue(stated.missProbability() > 0.5, "miss probability " + stated.missProbability());
        int missed = missed(verifier, outputs, size, 100);
        assertTrue(missed <= 100 * stated.missProbability(), missed + " of 100");
        assertTrue(missed > 0, "the bound is never needed");
    }

    /** Corrupts single elements anywhere by just more than that size. */
    private static int missed(Verifier verifier, Outputs outputs, double size, int trials) {
        Random random = new Random(1);
        int missed = 0;
        for (int trial = 0; trial < trials; trial++) {
            Outputs wrong = outputs.copy();
            int element = random.nextInt(wrong.elements());
            wrong.set(element, wrong.get(element) + (float) size * (random.nextBoolean() ? 1.01f : -1.01f));
            missed += verifier.check(wrong).passed() ? 1 : 0;
        }
        return missed;
    }

    @Test
    void errorsAreMeasured() {
        GemmProblem problem = new GemmProblem(GemmShape.of(1, 2, 1), Precision.FP32);
        OperandSet operands = OperandSet.of(problem, 1, Map.of("a", one(), "b", threeAndFour()));
        Verdict verdict =
                Verifier.of(problem, operands).check(Outputs.of("c", Precision.FP32.output(), new float[] {3, 4.5f}));
        assertFalse(verdict.passed());
        assertEquals(0.5, verdict.maxAbs());
        assertEquals(0.125, verdict.maxRel());
        assertEquals(Math.sqrt(0.125), verdict.rmse(), 1e-15);
        assertEquals(0.1, verdict.relFrobenius(), 1e-15);
        assertEquals(27 / (5 * Math.sqrt(29.25)), verdict.cosine(), 1e-15);
        assertEquals(20, verdict.sqnrDb(), 1e-12);
        assertEquals(2, verdict.checkedElements());
        Verdict exact =
                Verifier.of(problem, operands).check(Outputs.of("c", Precision.FP32.output(), new float[] {3, 4}));
        assertTrue(exact.passed());
        assertNull(exact.sqnrDb());
        assertEquals(1, exact.cosine(), 1e-15);
        Verdict both = exact.and(verdict);
        assertFalse(both.passed());
        assertEquals(2, both.buffers());
        assertEquals(0.5, both.maxAbs());
        assertEquals(20, both.sqnrDb(), 1e-12);
        assertEquals(verdict.firstMismatch(), both.firstMismatch());
    }

    private static byte[] one() {
        return FloatCodec.encode(DType.FP32, new float[] {1});
    }

    private static byte[] threeAndFour() {
        return FloatCodec.encode(DType.FP32, new float[] {3, 4});
    }
}
