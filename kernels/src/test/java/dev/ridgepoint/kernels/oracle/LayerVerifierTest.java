package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.oracle.PlainLayer.Mishap;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.LayerShape;
import dev.ridgepoint.kernels.shape.LayerStep;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.Rotary;
import dev.ridgepoint.kernels.shape.RowFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerVerifierTest {
    private static final Mishap NONE = (step, memory) -> {};
    private static final LayerShape BERT = new LayerShape(
            AttentionShape.of(2, 2, 2, 7, 7, 16, Mask.FULL),
            32,
            48,
            PointwiseFunction.GELU,
            RowFunction.LAYERNORM,
            false,
            false,
            Rotary.NONE);
    private static final LayerShape LLAMA =
            llama(AttentionShape.of(3, 4, 2, 2, 9, 16, Mask.CAUSAL).withPages(4), Rotary.HALF);
    private static final LayerShape GPT = new LayerShape(
            AttentionShape.of(2, 2, 2, 1, 6, 16, Mask.CAUSAL),
            32,
            64,
            PointwiseFunction.GELU,
            RowFunction.LAYERNORM,
            true,
            true,
            Rotary.NONE);
    private static final LayerShape RAGGED = llama(
            new AttentionShape(
                    1,
                    4,
                    1,
                    0,
                    0,
                    16,
                    16,
                    Mask.SLIDING,
                    3,
                    0,
                    false,
                    0,
                    List.of(new Segment(2, 1, 5), new Segment(1, 6, 8))),
            Rotary.INTERLEAVED);

    @TempDir
    private Path folder;

    private static LayerShape llama(AttentionShape attention, Rotary rotary) {
        return new LayerShape(attention, 32, 40, PointwiseFunction.SILU_MUL, RowFunction.RMSNORM, true, true, rotary);
    }

    static Stream<LayerProblem> problems() {
        return Stream.of(BERT, LLAMA, GPT, RAGGED)
                .flatMap(shape -> Stream.of(Precision.BF16, Precision.FP16, Precision.FP32)
                        .map(precision -> new LayerProblem(shape, precision)));
    }

    /** Steps and formulas were written apart; chained with roundings between they must tell the same, on any operands. */
    @ParameterizedTest
    @MethodSource("problems")
    void aMachineThatRoundsIsRight(LayerProblem problem) {
        for (Distribution distribution : List.of(
                Distribution.NORMAL, Distribution.UNIFORM, Distribution.OUTLIER_CHANNELS, Distribution.ADVERSARIAL)) {
            OperandSet operands = OperandSet.generate(problem, distribution, 5);
            PlainLayer right = PlainLayer.run(problem, operands, problem.shape().steps(), NONE);
            Verdict verdict = Verifier.of(problem, operands).check(right);
            assertNull(verdict.firstMismatch(), distribution.id());
            assertTrue(verdict.passed());
            assertEquals(operands.patterned() ? "each step" : "each step and the whole", verdict.method());
            // Correct roundings use all of a half unit, which is most of what a step is allowed.
            assertTrue(verdict.worstShare() <= 1);
        }
    }

    /** The bound of the whole is loose, but not by much; in fp32 sums of any order are most of it. */
    @ParameterizedTest
    @MethodSource("problems")
    void theWholesBoundFits(LayerProblem problem) {
        double worst = 0;
        for (int seed = 0; seed < 8; seed++) {
            OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, seed);
            PlainLayer right = PlainLayer.run(problem, operands, problem.shape().steps(), NONE);
            worst = Math.max(
                    worst, LayerReference.expect(problem, operands).check(right).worstShare());
        }
        double least = problem.precision() == Precision.FP32 ? 0.001 : 0.1;
        assertTrue(worst < 0.5 && worst > least, problem.id() + " uses " + worst);
    }

    private static LayerProblem bf16(LayerShape shape) {
        return new LayerProblem(shape, Precision.BF16);
    }

    /** Steps with a buffer of one of them exchanged. */
    private static List<LayerStep> rewired(LayerShape shape, String output, String operand, String buffer) {
        List<LayerStep> steps = shape.steps().stream()
                .map(step -> {
                    Map<String, String> buffers = new HashMap<>(step.buffers());
                    buffers.replace(operand, step.output().equals(output) ? buffer : buffers.get(operand));
                    return new LayerStep(step.output(), step.shape(), buffers, step.elements(), step.reads());
                })
                .toList();
        assertFalse(steps.equals(shape.steps()), output);
        return steps;
    }

    private static Mishap after(String output, Mishap mishap) {
        return (step, memory) -> {
            if (step.output().equals(output)) {
                mishap.after(step, memory);
            }
        };
    }

    /** By the step that is at fault, and by the formulas, which do not know the steps. */
    private static void isIncorrect(LayerShape shape, List<LayerStep> steps, Mishap mishap, String place) {
        LayerProblem problem = bf16(shape);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 5);
        PlainLayer wrong = PlainLayer.run(problem, operands, steps, mishap);
        Verdict verdict = Verifier.of(problem, operands).check(wrong);
        assertFalse(verdict.passed());
        assertTrue(verdict.firstMismatch().startsWith(place + ": "), verdict.firstMismatch());
        assertFalse(LayerReference.expect(problem, operands).check(wrong).passed(), place + ", as formulas");
    }

    @Test
    void aForgottenResidualIsIncorrect() {
        Mishap copied = (step, memory) ->
                System.arraycopy(memory.at("projected"), 0, memory.at("attended"), 0, memory.at("attended").length);
        for (LayerShape shape : List.of(BERT, LLAMA, GPT, RAGGED)) {
            isIncorrect(shape, shape.steps(), after("attended", copied), "attended");
        }
        Mishap down =
                (step, memory) -> System.arraycopy(memory.at("down"), 0, memory.at("y"), 0, memory.at("y").length);
        isIncorrect(LLAMA, LLAMA.steps(), after("y", down), "y");
    }

    @Test
    void theOtherNormsWeightsAreIncorrect() {
        isIncorrect(LLAMA, rewired(LLAMA, "normed", "w", "w2"), NONE, "normed");
        isIncorrect(GPT, rewired(GPT, "attendedNormed", "w", "w1"), NONE, "attendedNormed");
        isIncorrect(BERT, rewired(BERT, "y", "b", "b1"), NONE, "y");
    }

    @Test
    void aWrongBufferIsIncorrect() {
        isIncorrect(LLAMA, rewired(LLAMA, "o", "q", "q"), NONE, "o");
        isIncorrect(LLAMA, rewired(LLAMA, "v", "b", "wk"), NONE, "v");
        isIncorrect(GPT, rewired(GPT, "o", "v", "kCache"), NONE, "o");
        isIncorrect(LLAMA, rewired(LLAMA, "y", "x", "x"), NONE, "y");
        isIncorrect(BERT, rewired(BERT, "attended", "x", "o"), NONE, "attended");
    }

    /** The last row of the cache one place further to the front, over an earlier token's. */
    @Test
    void keysOnePlaceOffAreIncorrect() {
        Mishap moved = (step, memory) -> {
            byte[] cache = memory.at("kCache");
            byte[] before = memory.earlier("kCache");
            int row = cache.length / 12;
            System.arraycopy(cache, 11 * row, cache, 10 * row, row);
            System.arraycopy(before, 11 * row, cache, 11 * row, row);
        };
        isIncorrect(GPT, GPT.steps(), after("kCache", moved), "kCache");
    }

    @Test
    void aTouchedPlaceOfAnEarlierTokenIsNamed() {
        LayerProblem problem = bf16(GPT);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 5);
        PlainLayer wrong = PlainLayer.run(
                problem, operands, GPT.steps(), after("kCache", (step, memory) -> memory.at("vCache")[0] ^= 1));
        String mismatch = Verifier.of(problem, operands).check(wrong).firstMismatch();
        assertTrue(mismatch.startsWith("kCache: vCache[0, 0]: is not to be written"), mismatch);
    }

    /** What is poison still is found in whichever step it is left. */
    @Test
    void everyBufferMustBeWritten() {
        LayerProblem problem = bf16(LLAMA);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 5);
        Verifier verifier = Verifier.of(problem, operands);
        for (OperandSpec spec : operands.specs()) {
            if (spec.role() == OperandSpec.Role.OUTPUT) {
                PlainLayer left = PlainLayer.run(problem, operands, LLAMA.steps(), NONE);
                Arrays.fill(left.at(spec.name()), Verifier.POISON);
                Verdict verdict = verifier.check(left);
                assertFalse(verdict.passed(), spec.name());
                assertTrue(verdict.firstMismatch().startsWith(spec.name() + ": "), verdict.firstMismatch());
            }
        }
    }

    @Test
    void theWholeSurvivesAFileAndOtherOperandsDoNot() throws IOException {
        LayerProblem problem = bf16(LLAMA);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 5);
        Path file = folder.resolve("expected");
        Verifier saved = Verifier.of(problem, operands);
        saved.save(file);
        PlainLayer right = PlainLayer.run(problem, operands, LLAMA.steps(), NONE);
        assertEquals(saved.check(right), Verifier.load(operands, file).check(right));
        right.at("y")[1] ^= 0x40;
        Verdict verdict = Verifier.load(operands, file).check(right);
        assertEquals(saved.check(right), verdict);
        assertFalse(verdict.passed());
        OperandSet others = OperandSet.generate(problem, Distribution.NORMAL, 6);
        String refusal = assertThrows(IOException.class, () -> Verifier.load(others, file))
                .getMessage();
        assertTrue(refusal.endsWith("differ from those of the oracle"), refusal);
    }

    /** Above its budget the reference speaks of some rows, the last among them. */
    @Test
    void aLargeLayerIsComposedForSomeRows() {
        LayerProblem problem = bf16(BERT);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 5);
        long keys = 2 * 7 * 32 * 2 * 32;
        long row = 32 * (2 * 32 + 3 * 48) + 2 * 7 * 32;
        ToleranceExpectation some = LayerReference.expect(problem, operands, keys + 5 * row);
        long compared = some.elements().sample().count();
        assertTrue(compared >= 2 * 32 && compared <= 5 * 32, compared + " elements");
        assertEquals(Sample.RowClass.ALL, some.elements().sample().classOf(13));
        PlainLayer right = PlainLayer.run(problem, operands, BERT.steps(), NONE);
        assertTrue(some.check(right).passed());
        right.at("y")[13 * 32 * 2 + 1] ^= 0x40;
        assertFalse(some.check(right).passed(), "the last row is one of them");
        assertNull(LayerReference.expect(problem, operands, keys + row - 1), "no row is affordable");
    }
}
