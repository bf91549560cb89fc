package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.PointwiseProblem;
import dev.ridgepoint.kernels.shape.PointwiseShape;
import dev.ridgepoint.kernels.shape.Rotary;
import dev.ridgepoint.kernels.shape.RotateProblem;
import dev.ridgepoint.kernels.shape.RotateShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PointwiseTest {
    private static final int ROWS = 16;
    private static final int COLS = 37;

    /** Tables of the normal distribution (Abramowitz and Stegun 1964, table 26.1), either side of where the method changes. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.8413447460685429",
        "-1, 0.15865525393145707",
        "-3.9, 4.809634401760e-05",
        "-4.1, 2.0657506912546e-05",
        "-6, 9.865876450377e-10",
        "6, 0.9999999990134124",
        "-12, 1.776482112077679e-33",
    })
    void theNormalDistribution(double x, double expected) {
        assertEquals(expected, Gauss.upTo(x), 1e-10 * expected);
    }

    @Test
    void theNormalDistributionOfWhatIsNotFinite() {
        assertEquals(1, Gauss.upTo(Double.POSITIVE_INFINITY));
        assertEquals(0, Gauss.upTo(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NaN, Gauss.upTo(Double.NaN));
    }

    static Stream<PointwiseProblem> problems() {
        return Stream.of(PointwiseFunction.values())
                .flatMap(function -> PlainProblem.PRECISIONS.stream()
                        .map(p -> new PointwiseProblem(new PointwiseShape(function, ROWS, COLS), p)));
    }

    /** A machine of fp32; a wrong one adds another element, mirrors the distribution, takes gates for values. */
    private static float[] run(PointwiseProblem problem, OperandSet operands, boolean swapped) {
        float[] y = new float[ROWS * COLS];
        for (int row = 0; row < ROWS; row++) {
            float[] x = DecodedMatrix.of(operands, "x").rows(0, row, 1);
            for (int col = 0; col < COLS; col++) {
                y[row * COLS + col] = switch (problem.shape().function()) {
                    case ADD -> x[col] + DecodedMatrix.of(operands, "r").rows(0, row, 1)[swapped ? 0 : col];
                    case GELU -> x[col] * (float) Gauss.upTo(swapped ? -x[col] : x[col]);
                    case SILU_MUL -> {
                        float gate = x[swapped ? COLS + col : col];
                        yield gate / (1 + (float) Math.exp(-gate)) * x[swapped ? col : COLS + col];
                    }
                };
            }
        }
        return y;
    }

    @ParameterizedTest
    @MethodSource("problems")
    void plainLoopsAreRightAndWrongOnesAreNot(PointwiseProblem problem) {
        DType type = problem.precision().output();
        for (Distribution distribution : Distribution.values()) {
            OperandSet operands = OperandSet.generate(problem, distribution, 3);
            Verifier verifier = Verifier.of(problem, operands);
            Verdict verdict = verifier.check(Outputs.of("y", type, run(problem, operands, false)));
            assertNull(verdict.firstMismatch(), distribution.id());
            assertEquals(ROWS * COLS, verdict.checkedElements());
            assertFalse(
                    verifier.check(Outputs.of("y", type, run(problem, operands, true)))
                            .passed(),
                    distribution.id());
        }
    }

    /** A quarter turn, by hand: (1, 3) becomes (-3, 1) and (2, 4) becomes (-4, 2); the rest and other tokens stay. */
    @Test
    void aQuarterTurnByHand() {
        RotateProblem problem = new RotateProblem(new RotateShape(2, 1, 6, Rotary.HALF, 4, 3), Precision.FP32);
        float[] table = {1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1};
        byte[] positions = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(2)
                .putInt(0)
                .array();
        float[] x = {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6};
        float[] y = {-3, -4, 1, 2, 5, 6, 1, 2, 3, 4, 5, 6};
        Verifier verifier = Verifier.of(
                problem,
                OperandSet.of(
                        problem,
                        1,
                        Map.of(
                                "x", FloatCodec.encode(DType.FP32, x),
                                "positions", positions,
                                "cosSin", FloatCodec.encode(DType.FP32, table))));
        assertNull(verifier.check(Outputs.of("y", DType.FP32, y)).firstMismatch());
        assertFalse(verifier.check(Outputs.of("y", DType.FP32, x)).passed());
    }
}
