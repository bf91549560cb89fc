package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.shape.ShapeJson;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransposedQuantizeTest {
    private static final int ROWS = 30;
    private static final int COLS = 200;

    static Stream<QuantFormat> bytes() {
        return QuantFormat.ALL.stream().filter(format -> format.layout() == QuantFormat.Layout.BYTES);
    }

    private static QuantizeProblem problem(QuantFormat format, DType plain, boolean transposed) {
        return QuantizeProblem.of(Direction.QUANTIZE, ROWS, COLS, plain, format, transposed);
    }

    /** The codes [rows, cols] of x [cols, rows], element by element. */
    private static QuantTensor quantise(QuantFormat format, OperandSet operands) {
        float[] x = new float[ROWS * COLS];
        FloatCodec.decode(DType.BF16, operands.input("x"), x, 0, x.length);
        float[] turned = new float[x.length];
        for (int col = 0; col < COLS; col++) {
            for (int row = 0; row < ROWS; row++) {
                turned[row * COLS + col] = x[col * ROWS + row];
            }
        }
        return QuantCodecs.of(format).encode(turned, ROWS, COLS);
    }

    private static OutputReader reader(byte[] codes, byte[] scales) {
        Map<String, byte[]> buffers = Map.of("codes", codes, "scales", scales);
        return (operand, offset, target) -> target.put(buffers.get(operand), (int) offset, target.remaining());
    }

    @ParameterizedTest
    @MethodSource("bytes")
    void codesAndScalesAreThoseOfTheTurnedMatrix(QuantFormat format) {
        QuantizeProblem problem = problem(format, DType.BF16, true);
        for (Distribution distribution : Distribution.values()) {
            OperandSet operands = OperandSet.generate(problem, distribution, 1);
            QuantTensor tensor = quantise(format, operands);
            Verifier verifier = Verifier.of(problem, operands);
            assertNull(verifier.check(reader(tensor.codes(), tensor.scales())).firstMismatch(), distribution.id());
        }
    }

    @ParameterizedTest
    @MethodSource("bytes")
    void codesInTheOrderOfTheSourceAreRefused(QuantFormat format) {
        QuantizeProblem problem = problem(format, DType.BF16, true);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 1);
        QuantTensor tensor = quantise(format, operands);
        byte[] other = new byte[ROWS * COLS];
        for (int i = 0; i < other.length; i++) {
            other[i % COLS * ROWS + i / COLS] = tensor.codes()[i];
        }
        Verdict verdict = Verifier.of(problem, operands).check(reader(other, tensor.scales()));
        assertFalse(verdict.passed());
        assertTrue(verdict.firstMismatch().startsWith("codes["), verdict.firstMismatch());
    }

    /** What is hard to quantise is hard in rows of codes, whichever way the source lies. */
    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FP32", "FP16", "BF16"})
    void generatedSourcesAreTheSameMatrixTurned(DType plain) {
        int bytes = plain.bits() / 8;
        OperandSet straight =
                OperandSet.generate(problem(QuantFormat.INT8_TOKEN, plain, false), Distribution.ADVERSARIAL, 7);
        OperandSet turned =
                OperandSet.generate(problem(QuantFormat.INT8_TOKEN, plain, true), Distribution.ADVERSARIAL, 7);
        for (int row = 0; row < ROWS; row++) {
            for (int col = 0; col < COLS; col++) {
                byte[] one = new byte[bytes];
                byte[] other = new byte[bytes];
                straight.input("x").get((row * COLS + col) * bytes, one);
                turned.input("x").get((col * ROWS + row) * bytes, other);
                assertArrayEquals(one, other, "element " + row + ", " + col);
            }
        }
    }

    @Test
    void thePlaceOfScalesFollowsTheCodes() {
        OperandSpec x = OperandSpecs.of(problem(QuantFormat.FP8_E4M3_1X128, DType.BF16, true))
                .get(0);
        assertEquals("[cols, rows]", x.layout());
        Map<String, Long> sizes = OperandSpecs.of(problem(QuantFormat.FP8_E4M3_1X128, DType.BF16, true)).stream()
                .collect(Collectors.toMap(OperandSpec::name, OperandSpec::bytes));
        assertEquals(Map.of("x", 2L * ROWS * COLS, "codes", (long) ROWS * COLS, "scales", 4L * ROWS * 2), sizes);
    }

    @Test
    void idAndJsonTellItApart() {
        QuantizeProblem straight = problem(QuantFormat.FP8_E4M3_TOKEN, DType.FP16, false);
        QuantizeProblem turned = problem(QuantFormat.FP8_E4M3_TOKEN, DType.FP16, true);
        assertEquals(straight.id().replace("_row_", "_row_transposed_"), turned.id());
        assertEquals(straight.work(), turned.work());
        assertNotEquals(ShapeJson.write(straight.shape()), ShapeJson.write(turned.shape()));
        assertEquals(turned.shape(), ShapeJson.parse("quantize", ShapeJson.write(turned.shape())));
        assertFalse(ShapeJson.write(straight.shape()).has("transposed"), "keys of earlier results stay");
    }

    @Test
    void codesAreNotReadTransposed() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> QuantizeProblem.of(Direction.DEQUANTIZE, 2, 2, DType.FP32, QuantFormat.INT8_TENSOR, true))
                .getMessage();
        assertTrue(message.startsWith("transposed: "), message);
    }
}
