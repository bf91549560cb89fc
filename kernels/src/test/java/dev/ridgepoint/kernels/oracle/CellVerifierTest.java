package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.CellOracle.Gate;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.CellProblem;
import dev.ridgepoint.kernels.shape.CellShape;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.kernels.shape.WorkModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CellVerifierTest {
    private static final int BATCH = 16;
    private static final int HIDDEN = 40;
    private static final double CLOSE = 1e-9;

    /** Where gates of fp32 lie, and which of them a faulty kernel takes for which. */
    private record Kernel(int input, int forget, int candidate, int output, boolean biased) {
        static final Kernel RIGHT = new Kernel(0, 1, 2, 3, true);

        Outputs[] run(CellProblem problem, OperandSet operands) {
            float[] h = new float[BATCH * HIDDEN];
            float[] c = new float[BATCH * HIDDEN];
            for (int row = 0; row < BATCH; row++) {
                float[] x = DecodedMatrix.of(operands, "xGates").rows(0, row, 1);
                float[] u = DecodedMatrix.of(operands, "hGates").rows(0, row, 1);
                float[] bias = DecodedMatrix.of(operands, "bias").rows(0, 0, 1);
                float[] state = DecodedMatrix.of(operands, "c").rows(0, row, 1);
                for (int col = 0; col < HIDDEN; col++) {
                    float[] z = new float[CellShape.GATES];
                    for (int gate = 0; gate < z.length; gate++) {
                        int at = gate * HIDDEN + col;
                        z[gate] = x[at] + u[at] + (biased ? bias[at] : 0);
                    }
                    float kept = sigmoid(z[forget]) * state[col] + sigmoid(z[input]) * (float) Math.tanh(z[candidate]);
                    c[row * HIDDEN + col] = kept;
                    h[row * HIDDEN + col] = sigmoid(z[output]) * (float) Math.tanh(kept);
                }
            }
            return new Outputs[] {
                Outputs.of("hNext", problem.precision().output(), h),
                Outputs.of("cNext", problem.precision().output(), c)
            };
        }

        private static float sigmoid(float z) {
            return 1 / (1 + (float) Math.exp(-z));
        }
    }

    private static OutputReader reader(Outputs[] outputs) {
        return (operand, offset, target) -> outputs[operand.equals("hNext") ? 0 : 1].read(operand, offset, target);
    }

    /** sigmoid(0) = 1/2, sigmoid(ln 3) = 3/4, tanh(atanh 1/2) = 1/2; c' = 3/4 * 2 + 1/2 * 1/2 = 1.75. */
    @Test
    void aCellWorkedByHand() {
        Gate zero = new Gate(0, 0);
        Gate ln3 = new Gate(Math.log(3), 2);
        Gate half = new Gate(Math.log(3) / 2, 1);
        CellOracle cell = new CellOracle(zero, ln3, half, zero, 2);
        assertEquals(1.75, cell.c(), CLOSE);
        // tanh(1.75) = (e^3.5 - 1) / (e^3.5 + 1) with e^3.5 = 33.11545196.
        assertEquals(0.5 * 32.11545196 / 34.11545196, cell.h(), CLOSE);
        // Kept 1.5 by 2 + 2 / 4, added 0.25 by 2, half the tangent's 1 + 3/4, and 1.75 of the sum.
        assertEquals(1.5 * 2.5 + 0.25 * 2 + 0.5 * 1.75 + 1.75, cell.cSensitivity(), CLOSE);
        assertEquals(new Gate(6, 8), Gate.of(3, 4, -1));
    }

    @Test
    void whatIsNotFiniteSaturatesOrSpreads() {
        Gate zero = new Gate(0, 0);
        Gate open = Gate.of(Float.POSITIVE_INFINITY, 1, 1);
        Gate shut = Gate.of(Float.NEGATIVE_INFINITY, 1, 1);
        assertEquals(7, new CellOracle(zero, open, zero, zero, 7).c());
        assertEquals(0, new CellOracle(zero, shut, zero, zero, 7).c());
        assertTrue(Double.isFinite(new CellOracle(open, shut, open, shut, 7).cSensitivity()));
        assertEquals(Double.NaN, new CellOracle(zero, shut, zero, zero, Float.POSITIVE_INFINITY).c());
        CellOracle endless = new CellOracle(zero, zero, zero, zero, Float.POSITIVE_INFINITY);
        assertEquals(0.5, endless.h());
        assertTrue(Double.isFinite(endless.hSensitivity()));
        assertEquals(Double.NaN, new CellOracle(zero, zero, Gate.of(Float.NaN, 1, 1), zero, 1).h());
    }

    /** Of 2 x 3: 17 FLOPs each; 9 x 6 read and 12 of bias, 2 x 6 written. */
    @Test
    void workIsCountedOnce() {
        CellShape shape = new CellShape(2, 3);
        assertEquals(
                new WorkModel(102, 66 * 2, 12 * 2),
                Problem.of(shape, Precision.BF16).work());
        assertEquals("lstm_cell_b2_h3_fp32", Problem.of(shape, Precision.FP32).id());
        assertEquals(shape, ShapeJson.parse("lstm_cell", ShapeJson.write(shape)));
        assertEquals(
                "precision: lstm_cell reads and writes fp32, fp16 or bf16, not int8",
                assertThrows(IllegalArgumentException.class, () -> Problem.of(shape, Precision.INT8))
                        .getMessage());
        assertEquals(
                "H: expected an extent of 1 to 2^40, got 0",
                assertThrows(IllegalArgumentException.class, () -> new CellShape(1, 0))
                        .getMessage());
    }

    static List<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        for (Precision precision : PlainProblem.PRECISIONS) {
            for (Distribution distribution : Distribution.values()) {
                all.add(Arguments.of(new CellProblem(new CellShape(BATCH, HIDDEN), precision), distribution));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("everything")
    void aPlainKernelIsRightAndFaultyOnesAreNot(CellProblem problem, Distribution distribution) {
        OperandSet operands = OperandSet.generate(problem, distribution, 3);
        Verifier verifier = Verifier.of(problem, operands);
        Outputs[] right = Kernel.RIGHT.run(problem, operands);
        Verdict verdict = verifier.check(reader(right));
        assertTrue(verdict.passed(), verdict.firstMismatch());
        assertEquals(1, verdict.buffers());
        assertEquals(2L * BATCH * HIDDEN, verdict.checkedElements());
        assertTrue(verdict.worstShare() > 0.001, () -> "used " + verdict.worstShare() + " of what is allowed");
        assertWrong(verifier, new Kernel(1, 0, 2, 3, true).run(problem, operands));
        assertWrong(verifier, new Kernel(0, 1, 3, 2, true).run(problem, operands));
        assertWrong(verifier, new Kernel(0, 1, 2, 3, false).run(problem, operands));
        for (int output = 0; output < 2; output++) {
            Outputs[] untouched = {right[0].copy(), right[1].copy()};
            untouched[output].poison(HIDDEN, HIDDEN + 1);
            // Where NaN is right, NaN is no proof of anything.
            assertEquals(
                    Float.isNaN(right[output].get(HIDDEN)),
                    verifier.check(reader(untouched)).passed());
        }
    }

    private static void assertWrong(Verifier verifier, Outputs[] outputs) {
        assertFalse(verifier.check(reader(outputs)).passed());
    }
}
