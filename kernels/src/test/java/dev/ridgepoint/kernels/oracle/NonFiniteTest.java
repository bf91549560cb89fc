package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * NaN and infinities in products and attention: a plain kernel is right about them, some outputs are numbers and some are not, and
 * a kernel that swallows or spreads them is found.
 */
class NonFiniteTest {
    private static final long SEED = 1;

    static Stream<Problem> problems() {
        List<Problem> all = new ArrayList<>();
        for (Precision precision : List.of(
                Precision.FP16,
                Precision.W8A16,
                Precision.W8A16_FP8,
                Precision.W4A16_G128,
                Precision.Q4_0,
                Precision.Q4_K,
                Precision.NVFP4)) {
            all.add(new GemmProblem(GemmShape.of(5, 33, 256), precision));
        }
        // One row is a usual one; the weights have the others.
        all.add(new GemmProblem(GemmShape.of(1, 33, 256), Precision.W8A16_FP8));
        all.add(new GemmProblem(GemmShape.of(5, 33, 256), Precision.FP8_E4M3));
        for (Epilogue epilogue : Epilogue.values()) {
            all.add(new GemmProblem(GemmShape.of(5, 33, 65).with(epilogue), Precision.BF16));
        }
        for (AttentionShape shape : List.of(
                AttentionShape.of(1, 8, 2, 33, 33, 64, Mask.CAUSAL),
                AttentionShape.of(2, 4, 4, 7, 7, 64, Mask.FULL),
                AttentionShape.of(3, 8, 2, 1, 129, 64, Mask.CAUSAL),
                AttentionShape.of(3, 8, 2, 1, 37, 64, Mask.CAUSAL).withPages(16),
                AttentionShape.of(1, 2, 1, 19, 19, 16, Mask.CAUSAL).withWindow(Mask.SLIDING, 5),
                AttentionShape.of(2, 4, 2, 5, 21, 64, Mask.TREE))) {
            all.add(new AttentionProblem(shape, Precision.BF16));
            all.add(new AttentionProblem(shape, Precision.BF16_KV_FP8));
        }
        return all.stream();
    }

    private static Outputs computed(Problem problem, OperandSet operands) {
        return problem instanceof GemmProblem product
                ? PlainKernel.multiply(product, operands)
                : PlainKernel.attend((AttentionProblem) problem, operands);
    }

    /** Elements of an output that are numbers, or that are not. */
    private static List<Integer> elements(Outputs outputs, boolean finite) {
        return IntStream.range(0, outputs.elements())
                .filter(i -> Float.isFinite(outputs.get(i)) == finite)
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("problems")
    void aPlainKernelPassesAndNeitherKindOfOutputIsRare(Problem problem) {
        OperandSet operands = OperandSet.generate(problem, Distribution.NON_FINITE, SEED);
        Outputs outputs = computed(problem, operands);
        assertNull(Verifier.of(problem, operands).check(outputs).firstMismatch(), problem.id());
        int finite = elements(outputs, true).size();
        String share = problem.id() + ": " + finite + " of " + outputs.elements() + " are finite";
        assertTrue(finite > outputs.elements() / 10 && finite < outputs.elements() * 99L / 100, share);
    }

    /** Each fault on a few elements, from all over the output. */
    @ParameterizedTest
    @MethodSource("problems")
    void whatIsSwallowedOrSpreadIsFound(Problem problem) {
        OperandSet operands = OperandSet.generate(problem, Distribution.NON_FINITE, SEED);
        Outputs right = computed(problem, operands);
        Verifier verifier = Verifier.of(problem, operands);
        for (boolean finite : List.of(true, false)) {
            List<Integer> places = elements(right, finite);
            for (int i = 0; i < places.size(); i += 1 + places.size() / 20) {
                Outputs wrong = right.copy();
                wrong.set(places.get(i), finite ? Float.NaN : 0);
                assertFalse(verifier.check(wrong).passed(), problem.id() + " at " + places.get(i));
            }
        }
    }
}
