package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GemmVerifierTest {
    /** Forces the sampling half of the ladder on small problems. */
    private static final long NEVER_FULL = 1 << 10;

    static Stream<Precision> precisions() {
        return Precision.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void aCorrectProductPasses(Precision precision) {
        for (GemmShape shape : List.of(GemmShape.of(37, 300, 256), GemmShape.grouped(19, 260, 256, 4, 2))) {
            GemmProblem problem = new GemmProblem(shape, precision);
            for (Distribution distribution : List.of(Distribution.NORMAL, Distribution.OUTLIER_CHANNELS)) {
                OperandSet operands = OperandSet.generate(problem, distribution, 5);
                PlainKernel.Outputs outputs = PlainKernel.multiply(problem, operands);
                for (long limit : new long[] {NEVER_FULL, Verifier.FULL_LIMIT}) {
                    Verdict verdict = Verifier.of(problem, operands, limit).check(outputs);
                    assertNull(verdict.firstMismatch());
                    assertTrue(verdict.passed());
                    assertEquals(limit == NEVER_FULL ? "boundary+rows+projections" : "full", verdict.method());
                }
            }
        }
    }
}
