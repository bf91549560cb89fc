package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Outputs beside a reference that is not the oracle's; here it is computed by another way than a device's. */
class ReferenceCheckTest {
    private static final long ALWAYS_SAMPLE = 1 << 10;
    private static final int M = 70;
    private static final int N = 300;
    private static final int K = 64;
    /** In no row that is drawn and at no tile's edge, as the first test shows. */
    private static final int ROW = 3;

    private static final int COL = 57;
    private static final GemmProblem PRODUCT = new GemmProblem(GemmShape.of(M, N, K), Precision.FP32);

    private final OperandSet operands = OperandSet.generate(PRODUCT, Distribution.NORMAL, 5);
    private final Outputs correct = PlainKernel.multiply(PRODUCT, operands);
    private final Verifier sampled = Verifier.of(PRODUCT, operands, ALWAYS_SAMPLE);
    private int closed;

    /** The sums of a product, written out; {@code error} is added to one element of them. */
    private final class Written implements ReferenceRows {
        private final int row;
        private final int col;
        private final double error;

        Written(int row, int col, double error) {
            this.row = row;
            this.col = col;
            this.error = error;
        }

        @Override
        public void read(long first, int rows, Sums into) {
            DecodedMatrix a = DecodedMatrix.of(operands, "a");
            float[] b = DecodedMatrix.of(operands, "b").rows(0, 0, N);
            for (int i = 0; i < rows; i++) {
                float[] left = a.rows(0, (int) first + i, 1);
                for (int j = 0; j < N; j++) {
                    double sum = first + i == row && j == col ? error : 0;
                    double magnitude = 0;
                    double square = 0;
                    for (int l = 0; l < K; l++) {
                        double term = (double) left[l] * b[j * K + l];
                        sum += term;
                        magnitude += Math.abs(term);
                        square += term * term;
                    }
                    into.values()[i * N + j] = sum;
                    into.magnitudes()[i * N + j] = magnitude;
                    into.squares()[i * N + j] = square;
                }
            }
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static OutputReader beside(Outputs outputs, ReferenceRows reference) {
        return new OutputReader() {
            @Override
            public void read(String operand, long offset, ByteBuffer target) {
                outputs.read(operand, offset, target);
            }

            @Override
            public Optional<ReferenceRows> reference(String operand) {
                return Optional.of(reference);
            }
        };
    }

    /** Just beyond the tolerance of one element: too small for projections of a whole tile. */
    private Outputs wrongByALittle() {
        double[] allowed = new double[1];
        new GemmOracle(PRODUCT.shape(), operands)
                .cross(
                        0,
                        new int[] {ROW},
                        new int[] {COL},
                        (i, j, sum, abs, squares) ->
                                allowed[0] = Tolerance.of(PRODUCT).allowed(sum, abs, Math.sqrt(squares)));
        Outputs wrong = correct.copy();
        wrong.set(ROW * N + COL, (float) (wrong.get(ROW * N + COL) + 1.2 * allowed[0]));
        return wrong;
    }

    @Test
    void whatTheSampleMissesTheReferenceSees() {
        Outputs wrong = wrongByALittle();
        assertTrue(sampled.check(wrong).passed(), "the sample is to miss it, or this test shows nothing");
        Verdict verdict = sampled.check(beside(wrong, new Written(0, 0, 0)));
        assertFalse(verdict.passed());
        assertTrue(
                verdict.firstMismatch().startsWith("c[" + ROW + ", " + COL + "]: expected "), verdict.firstMismatch());
    }

    @Test
    void everyElementCountsAndNoneCanBeMissed() {
        Verdict verdict = sampled.check(beside(correct, new Written(0, 0, 0)));
        assertNull(verdict.firstMismatch());
        assertEquals("device-fp64", verdict.method());
        assertEquals(M * N, verdict.checkedElements());
        assertEquals(0, verdict.missProbability());
        assertEquals(1, closed);
    }

    /** By less than an output may be off: the outputs pass, and the reference does not. */
    @Test
    void aReferenceThatTheOracleContradictsFailsTheOutput() {
        Verdict verdict = sampled.check(beside(correct, new Written(M - 1, 5, 1e-7)));
        assertFalse(verdict.passed());
        assertTrue(
                verdict.firstMismatch().startsWith("the reference on the device is wrong at c[69, 5]"),
                verdict.firstMismatch());
    }

    @Test
    void aReferenceIsNotAskedForWhereTheOracleHasAll() {
        Verdict verdict = Verifier.of(PRODUCT, operands).check(beside(correct, new Written(0, 0, 1e9)));
        assertTrue(verdict.passed());
        assertEquals("full", verdict.method());
        assertEquals(0, closed);
    }

    /** Rows of large scores are allowed more, by the score that the reference gives of them. */
    @Test
    void attentionsToleranceFollowsTheScoresOfTheReference() {
        AttentionProblem attention =
                new AttentionProblem(AttentionShape.of(1, 1, 1, 2, 9, 64, Mask.FULL), Precision.FP32);
        ScoreTolerance tolerance = new ScoreTolerance(attention, Tolerance.of(attention));
        assertEquals(tolerance.usual(), tolerance.ofScore(ScoreTolerance.USUAL_SCORE));
        double usual = tolerance.usual().allowed(1, 1, 1);
        double large = tolerance.ofScore(10 * ScoreTolerance.USUAL_SCORE).allowed(1, 1, 1);
        assertTrue(large > 4 * usual, large + " against " + usual);
        assertEquals(
                Tolerance.of(PRODUCT),
                ScoreTolerance.same(Tolerance.of(PRODUCT)).ofScore(1e9));
    }
}
