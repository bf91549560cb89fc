package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.RowProblem;
import dev.ridgepoint.kernels.shape.RowShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A plain fp32 kernel, one element after the other, and what befalls it. */
class RowVerifierTest {
    private static final int ROWS = 16;
    private static final int COLS = 290;

    /** What a kernel does to a row; in fp32 throughout. */
    private interface Kernel {
        float[] row(float[] x, float[] w, float[] b);
    }

    private static Kernel right(RowFunction function) {
        return switch (function) {
            case SOFTMAX -> (x, w, b) -> softmax(x, largest(x));
            case RMSNORM -> (x, w, b) -> norm(x, 0, RowFunction.EPSILON, w, new float[x.length]);
            case LAYERNORM -> (x, w, b) -> norm(x, mean(x), RowFunction.EPSILON, w, b);
        };
    }

    private static float largest(float[] x) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : x) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static float[] softmax(float[] x, float anchor) {
        float[] y = new float[x.length];
        float sum = 0;
        for (int i = 0; i < x.length; i++) {
            y[i] = (float) Math.exp(x[i] - anchor);
            sum += y[i];
        }
        for (int i = 0; i < x.length; i++) {
            y[i] /= sum;
        }
        return y;
    }

    private static float mean(float[] x) {
        float sum = 0;
        for (float value : x) {
            sum += value;
        }
        return sum / x.length;
    }

    private static float[] norm(float[] x, float mean, float epsilon, float[] w, float[] b) {
        float squares = 0;
        for (float value : x) {
            squares += (value - mean) * (value - mean);
        }
        float inverse = 1 / (float) Math.sqrt(squares / x.length + epsilon);
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) * inverse * w[i] + b[i];
        }
        return y;
    }

    private static RowProblem problem(RowFunction function, Precision precision) {
        return new RowProblem(new RowShape(function, ROWS, COLS), precision);
    }

    private static Outputs run(RowProblem problem, OperandSet operands, Kernel kernel) {
        RowShape shape = problem.shape();
        int cols = (int) shape.cols();
        float[] w = parameter(shape, operands, "w");
        float[] b = parameter(shape, operands, "b");
        float[] y = new float[(int) (shape.rows() * cols)];
        for (int row = 0; row < shape.rows(); row++) {
            float[] x = DecodedMatrix.of(operands, "x").rows(0, row, 1);
            System.arraycopy(kernel.row(x, w, b), 0, y, row * cols, cols);
        }
        return Outputs.of("y", problem.precision().output(), y);
    }

    private static float[] parameter(RowShape shape, OperandSet operands, String name) {
        return shape.function().parameters().contains(name)
                ? DecodedMatrix.of(operands, name).rows(0, 0, 1)
                : null;
    }

    static List<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        for (RowFunction function : RowFunction.values()) {
            for (Precision precision : PlainProblem.PRECISIONS) {
                for (Distribution distribution : Distribution.values()) {
                    all.add(Arguments.of(problem(function, precision), distribution));
                }
            }
        }
        return all;
    }

    /** Every kind of row, NaN and infinities among them; a tolerance that is never used up a thousandth would be too wide. */
    @ParameterizedTest
    @MethodSource("everything")
    void aPlainKernelIsRight(RowProblem problem, Distribution distribution) {
        OperandSet operands = OperandSet.generate(problem, distribution, 3);
        Verdict verdict = Verifier.of(problem, operands)
                .check(run(problem, operands, right(problem.shape().function())));
        assertTrue(verdict.passed(), verdict.firstMismatch());
        assertEquals((long) ROWS * COLS, verdict.checkedElements());
        assertTrue(verdict.worstShare() > 0.001, () -> "used " + verdict.worstShare() + " of what is allowed");
    }

    @ParameterizedTest
    @EnumSource(RowFunction.class)
    void tamperedElementsAreFound(RowFunction function) {
        for (Precision precision : PlainProblem.PRECISIONS) {
            RowProblem problem = problem(function, precision);
            OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 3);
            Verifier verifier = Verifier.of(problem, operands);
            Outputs right = run(problem, operands, right(function));
            Outputs off = right.copy();
            off.set(COLS + 5, right.get(COLS + 5) * 1.02f);
            assertFalse(verifier.check(off).passed());
            Outputs untouched = right.copy();
            untouched.poison(ROWS * COLS - 1, ROWS * COLS);
            assertFalse(verifier.check(untouched).passed());
            assertFalse(verifier.check(right.permuted(i -> i ^ 1)).passed());
        }
    }

    @Test
    void whatKernelsForgetIsFound() {
        // The largest element not taken off: exponentials of ties around 120 overflow.
        wrong(RowFunction.SOFTMAX, Distribution.ADVERSARIAL, (x, w, b) -> softmax(x, 0));
        wrong(RowFunction.SOFTMAX, Distribution.NORMAL, (x, w, b) -> withoutLast(x, w, b, right(RowFunction.SOFTMAX)));
        wrong(RowFunction.RMSNORM, Distribution.ADVERSARIAL, (x, w, b) -> norm(x, 0, 0, w, new float[x.length]));
        wrong(
                RowFunction.RMSNORM,
                Distribution.NORMAL,
                (x, w, b) -> norm(x, 0, RowFunction.EPSILON, ones(), new float[x.length]));
        wrong(RowFunction.RMSNORM, Distribution.NORMAL, (x, w, b) -> withoutLast(x, w, b, right(RowFunction.RMSNORM)));
        wrong(RowFunction.LAYERNORM, Distribution.NORMAL, (x, w, b) -> norm(x, 0, RowFunction.EPSILON, w, b));
        wrong(
                RowFunction.LAYERNORM,
                Distribution.NORMAL,
                (x, w, b) -> norm(x, mean(x), RowFunction.EPSILON, w, new float[x.length]));
        wrong(RowFunction.LAYERNORM, Distribution.ADVERSARIAL, (x, w, b) -> norm(x, mean(x), 0, w, b));
        wrong(
                RowFunction.LAYERNORM,
                Distribution.NORMAL,
                (x, w, b) -> withoutLast(x, w, b, right(RowFunction.LAYERNORM)));
    }

    /** A row that ends one element early: sums miss the last, and it is made of its left neighbour. */
    private static float[] withoutLast(float[] x, float[] w, float[] b, Kernel kernel) {
        float[] shorter = Arrays.copyOf(x, x.length - 1);
        float[] y = Arrays.copyOf(kernel.row(shorter, w, b), x.length);
        y[x.length - 1] = y[x.length - 2];
        return y;
    }

    private static float[] ones() {
        float[] ones = new float[COLS];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static void wrong(RowFunction function, Distribution distribution, Kernel kernel) {
        RowProblem problem = problem(function, Precision.FP32);
        OperandSet operands = OperandSet.generate(problem, distribution, 3);
        assertFalse(
                Verifier.of(problem, operands)
                        .check(run(problem, operands, kernel))
                        .passed(),
                () -> function + " on " + distribution);
    }

    /** Above the limit whole rows are compared; what was not looked at is said. */
    @Test
    void largeProblemsAreSampledByRows() {
        RowProblem problem = problem(RowFunction.RMSNORM, Precision.BF16);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 3);
        Verifier verifier = Verifier.of(problem, operands, 4 * COLS);
        Outputs right = run(problem, operands, right(RowFunction.RMSNORM));
        Verdict verdict = verifier.check(right);
        assertTrue(verdict.passed(), verdict.firstMismatch());
        assertEquals("boundary+rows", verdict.method());
        assertEquals(0, verdict.checkedElements() % COLS);
        assertEquals(1 - verdict.checkedElements() / (double) (ROWS * COLS), verdict.missProbability(), 1e-12);
        for (int row : new int[] {0, ROWS - 1}) {
            Outputs off = right.copy();
            off.set(row * COLS + 7, 1000);
            assertFalse(verifier.check(off).passed());
        }
        Outputs untouched = right.copy();
        untouched.poison(0, ROWS * COLS);
        assertFalse(verifier.check(untouched).passed());
    }
}
