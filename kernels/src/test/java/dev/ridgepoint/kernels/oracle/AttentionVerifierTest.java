package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionVerifierTest {
    /** Forces samples on small problems, of a few dozen rows. */
    private static final long SAMPLE = 1 << 17;

    private static final AttentionProblem DECODE =
            new AttentionProblem(AttentionShape.of(6, 4, 2, 1, 40, 16, Mask.CAUSAL), Precision.BF16);
    private static final AttentionProblem PREFILL =
            new AttentionProblem(AttentionShape.of(2, 4, 2, 150, 150, 16, Mask.CAUSAL), Precision.BF16);

    private static OperandSet operands(AttentionProblem problem, Distribution distribution) {
        return OperandSet.generate(problem, distribution, 3);
    }

    static Stream<Precision> precisions() {
        // Attention in int8 has no tolerance: its softmax is floating point.
        return Precision.ALL.stream().filter(p -> p.compute().isFloat());
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void correctAttentionPasses(Precision precision) {
        for (AttentionShape shape : List.of(
                AttentionShape.of(2, 4, 2, 5, 70, 32, Mask.CAUSAL),
                AttentionShape.of(2, 4, 4, 9, 33, 32, Mask.FULL),
                AttentionShape.of(1, 2, 1, 40, 40, 32, Mask.CAUSAL).withWindow(Mask.SLIDING, 7),
                AttentionShape.of(1, 2, 1, 40, 40, 32, Mask.FULL).withWindow(Mask.LOCAL, 8),
                AttentionShape.of(2, 2, 1, 12, 30, 32, Mask.TREE),
                AttentionShape.of(3, 4, 2, 1, 70, 32, Mask.CAUSAL).withPages(16),
                new AttentionShape(2, 4, 1, 1, 50, 64, 32, Mask.CAUSAL, 0, 0, true, 0, List.of()),
                new AttentionShape(
                        1,
                        4,
                        2,
                        0,
                        0,
                        32,
                        32,
                        Mask.CAUSAL,
                        0,
                        0,
                        false,
                        0,
                        List.of(new Segment(2, 1, 20), new Segment(1, 9, 30))))) {
            AttentionProblem problem = new AttentionProblem(shape, precision);
            for (Distribution distribution : List.of(Distribution.NORMAL, Distribution.OUTLIER_CHANNELS)) {
                OperandSet operands = operands(problem, distribution);
                Verdict verdict = Verifier.of(problem, operands).check(PlainKernel.attend(problem, operands));
                assertNull(verdict.firstMismatch(), problem.id() + " " + distribution);
                assertEquals("full", verdict.method());
                assertEquals(0, verdict.missProbability());
            }
        }
    }

    @Test
    void aFullComparisonSeesEverySingleElement() {
        OperandSet operands = operands(DECODE, Distribution.NORMAL);
        Outputs correct = PlainKernel.attend(DECODE, operands);
        Verifier verifier = Verifier.of(DECODE, operands);
        for (int element = 0; element < correct.elements(); element++) {
            Outputs wrong = correct.copy();
            wrong.set(element, wrong.get(element) + 0.5f);
            String mismatch = verifier.check(wrong).firstMismatch();
            int row = element / 16;
            String place = "o[" + row / 4 + ", " + row % 4 + ", " + element % 16 + "]:";
            assertTrue(mismatch.startsWith(place), mismatch);
        }
    }

    /** What a kernel with one of these faults computes is what the oracle computes of another problem. */
    @Test
    void faultsOfMeaningAreSeen() {
        assertTold(AttentionShape.of(2, 4, 2, 150, 150, 16, Mask.FULL));
        assertTold(AttentionShape.of(2, 4, 2, 150, 150, 16, Mask.CAUSAL).withWindow(Mask.SLIDING, 140));
    }

    private static void assertTold(AttentionShape other) {
        AttentionProblem wrong = new AttentionProblem(other, Precision.BF16);
        for (long limit : new long[] {SAMPLE, Verifier.FULL_LIMIT}) {
            Verifier verifier = Verifier.of(PREFILL, operands(PREFILL, Distribution.NORMAL), limit);
            Outputs outputs = PlainKernel.attend(wrong, operands(wrong, Distribution.NORMAL));
            assertFalse(verifier.check(outputs).passed(), other.id());
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void faultsOfPlaceAreSeen(Fault fault) {
        OperandSet operands = operands(PREFILL, Distribution.NORMAL);
        Outputs correct = PlainKernel.attend(PREFILL, operands);
        for (long limit : new long[] {SAMPLE, Verifier.FULL_LIMIT}) {
            Verifier verifier = Verifier.of(PREFILL, operands, limit);
            assertTrue(verifier.check(correct).passed());
            assertFalse(verifier.check(fault.of(correct)).passed(), fault + " under a limit of " + limit);
        }
    }

    /** Rows of the output are [2 * 150 tokens, 4 heads], each 16 wide. */
    enum Fault {
        LAST_TILE_OF_QUERIES_UNTOUCHED {
            @Override
            Outputs of(Outputs correct) {
                Outputs wrong = correct.copy();
                wrong.poison((300 - 22) * 64, 300 * 64);
                return wrong;
            }
        },
        ONE_ROW_UNTOUCHED {
            @Override
            Outputs of(Outputs correct) {
                Outputs wrong = correct.copy();
                wrong.poison(777 * 16, 778 * 16);
                return wrong;
            }
        },
        HEADS_IN_REVERSE {
            @Override
            Outputs of(Outputs correct) {
                return correct.permuted(i -> i / 64 * 64 + (3 - i / 16 % 4) * 16 + i % 16);
            }
        },
        SEQUENCES_EXCHANGED {
            @Override
            Outputs of(Outputs correct) {
                return correct.permuted(i -> (i + 150 * 64) % (300 * 64));
            }
        },
        ONE_TOKEN_LATE {
            @Override
            Outputs of(Outputs correct) {
                return correct.permuted(i -> Math.max(0, i - 64));
            }
        },
        LAST_HEAD_ZERO {
            @Override
            Outputs of(Outputs correct) {
                Outputs wrong = correct.copy();
                for (int i = 0; i < wrong.elements(); i++) {
                    if (i / 16 % 4 == 3) {
                        wrong.set(i, 0);
                    }
                }
                return wrong;
            }
        };

        abstract Outputs of(Outputs correct);
    }

    @Test
    void theStatedMissProbabilityIsTheObservedOne() {
        OperandSet operands = operands(PREFILL, Distribution.NORMAL);
        Outputs correct = PlainKernel.attend(PREFILL, operands);
        Verifier verifier = Verifier.of(PREFILL, operands, SAMPLE);
        Verdict stated = verifier.check(correct);
        assertEquals("boundary+rows", stated.method());
        assertEquals(1 - stated.checkedElements() / (double) correct.elements(), stated.missProbability(), 1e-12);
        assertTrue(stated.missProbability() > 0.3 && stated.missProbability() < 0.97, stated.toString());
        Random random = new Random(1);
        int trials = 400;
        int missed = 0;
        for (int trial = 0; trial < trials; trial++) {
            Outputs wrong = correct.copy();
            int element = random.nextInt(wrong.elements());
            wrong.set(element, wrong.get(element) + 0.5f);
            missed += verifier.check(wrong).passed() ? 1 : 0;
        }
        double p = stated.missProbability();
        assertEquals(p * trials, missed, 4 * Math.sqrt(p * (1 - p) * trials));
    }

    @Test
    void aSampleHoldsCornersAndKeepsToItsBudget() {
        AttentionShape shape = PREFILL.shape();
        List<Sequence> sequences = Sequence.of(shape, operands(PREFILL, Distribution.NORMAL));
        Sample sample = AttentionRows.choose(shape, sequences, SAMPLE, 1);
        for (int token : new int[] {0, 149, 150, 299}) {
            for (int head : new int[] {0, 3}) {
                assertEquals(Sample.RowClass.ALL, sample.classOf(token * 4 + head));
            }
        }
        assertEquals(
                sample.count(),
                AttentionRows.choose(shape, sequences, SAMPLE, 1).count());
        long multiplyAdds = sample.count() / 16 * 150 * 32;
        assertTrue(multiplyAdds < 4 * SAMPLE, multiplyAdds + " multiply-adds");
        assertTrue(AttentionRows.choose(shape, sequences, 1L << 40, 1).isEverything());
    }
}
