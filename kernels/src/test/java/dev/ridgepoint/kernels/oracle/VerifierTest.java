package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.CellProblem;
import dev.ridgepoint.kernels.shape.CellShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.PointwiseProblem;
import dev.ridgepoint.kernels.shape.PointwiseShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.shape.Rotary;
import dev.ridgepoint.kernels.shape.RotateProblem;
import dev.ridgepoint.kernels.shape.RotateShape;
import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.RowProblem;
import dev.ridgepoint.kernels.shape.RowShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerifierTest {
    private static final GemmProblem PRODUCT = new GemmProblem(GemmShape.of(150, 200, 32), Precision.BF16);

    @TempDir
    private Path folder;

    static Stream<Problem> problems() {
        return Stream.of(
                PRODUCT,
                new GemmProblem(GemmShape.grouped(20, 150, 32, 4, 2), Precision.INT8),
                new AttentionProblem(AttentionShape.of(2, 4, 2, 70, 70, 16, Mask.CAUSAL), Precision.BF16),
                new RowProblem(new RowShape(RowFunction.LAYERNORM, 100, 90), Precision.FP16),
                new CellProblem(new CellShape(3, 20), Precision.BF16),
                new PointwiseProblem(new PointwiseShape(PointwiseFunction.SILU_MUL, 40, 120), Precision.BF16),
                new RotateProblem(new RotateShape(5, 2, 16, Rotary.HALF, 16, 9), Precision.FP16),
                QuantizeProblem.of(Direction.QUANTIZE, 4, 256, DType.BF16, QuantFormat.NVFP4),
                QuantizeProblem.of(Direction.DEQUANTIZE, 4, 256, DType.FP16, QuantFormat.Q6_K));
    }

    /** An output of ones, which is wrong, so that every field of the verdict says something. */
    private static final OutputReader ONES = (operand, offset, target) -> {
        while (target.hasRemaining()) {
            target.put((byte) 0x3F);
        }
    };

    @ParameterizedTest
    @MethodSource("problems")
    void whatIsLoadedJudgesAsWhatWasSaved(Problem problem) throws IOException {
        judgesTheSame(problem, OperandSet.generate(problem, Distribution.NORMAL, 4));
        judgesTheSame(problem, OperandSet.generate(problem, Distribution.ADVERSARIAL, 4));
    }

    private void judgesTheSame(Problem problem, OperandSet operands) throws IOException {
        for (long limit : new long[] {1 << 12, Verifier.FULL_LIMIT}) {
            Verifier saved = Verifier.of(problem, operands, limit);
            Path file = folder.resolve("expected");
            saved.save(file);
            Verifier loaded = Verifier.load(operands, file);
            assertEquals(operands.sha256(), loaded.inputsSha256());
            assertEquals(saved.check(ONES), loaded.check(ONES));
            assertFalse(loaded.check(ONES).passed());
        }
    }

    @Test
    void aLoadedVerifierPassesACorrectProduct() throws IOException {
        OperandSet operands = OperandSet.generate(PRODUCT, Distribution.NORMAL, 4);
        for (long limit : new long[] {1 << 12, Verifier.FULL_LIMIT}) {
            Verifier.of(PRODUCT, operands, limit).save(folder.resolve("expected"));
            Verdict verdict =
                    Verifier.load(operands, folder.resolve("expected")).check(PlainKernel.multiply(PRODUCT, operands));
            assertTrue(verdict.passed(), verdict.firstMismatch());
        }
    }

    @Test
    void filesOfOthersAreRefused() throws IOException {
        Path file = folder.resolve("expected");
        OperandSet operands = OperandSet.generate(PRODUCT, Distribution.NORMAL, 4);
        Verifier.of(PRODUCT, operands).save(file);
        Problem other = new GemmProblem(GemmShape.of(150, 200, 33), Precision.BF16);
        OperandSet others = OperandSet.generate(other, Distribution.NORMAL, 4);
        String message = assertThrows(IOException.class, () -> Verifier.load(others, file))
                .getMessage();
        assertTrue(message.endsWith("expected outputs of " + other.id() + ", found " + PRODUCT.id()), message);
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 7, 8, 100, bytes.length / 2, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            String cut = assertThrows(IOException.class, () -> Verifier.load(operands, file))
                    .getMessage();
            assertTrue(cut.contains("expected outputs"), cut);
        }
        Files.writeString(file, "something else altogether");
        assertThrows(IOException.class, () -> Verifier.load(operands, file));
    }

    @Test
    void operandsOfAnotherProblemAreRefused() {
        OperandSet operands = OperandSet.generate(PRODUCT, Distribution.NORMAL, 4);
        Problem other = new GemmProblem(GemmShape.of(150, 200, 33), Precision.BF16);
        assertThrows(IllegalArgumentException.class, () -> Verifier.of(other, operands));
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FP32", "TF32", "FP16", "BF16", "FP8_E4M3", "FP8_E5M2", "E8M0"})
    void poisonIsNaN(DType type) {
        assertTrue(Float.isNaN(FloatCodec.decode(type, -1)));
        assertEquals(-1, Verifier.POISON);
    }
}
