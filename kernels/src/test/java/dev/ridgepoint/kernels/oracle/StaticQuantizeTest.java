package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.shape.ShapeJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantising under one scale of the tensor that is given. */
class StaticQuantizeTest {
    private static final int ROWS = 30;
    private static final int COLS = 200;

    private static QuantizeProblem problem(String format) {
        return QuantizeProblem.underScale(ROWS, COLS, DType.FP32, QuantFormat.parse(format));
    }

    private static OutputReader reader(byte[] codes) {
        return (operand, offset, target) -> target.put(codes, (int) offset, target.remaining());
    }

    private static float[] values(OperandSet operands) {
        float[] x = new float[ROWS * COLS];
        FloatCodec.decode(DType.FP32, operands.input("x"), x, 0, x.length);
        return x;
    }

    /** Under a scale of 1/2: twice the value, to nearest, ties to even, and the ends saturate. */
    @ParameterizedTest
    @CsvSource({
        "int8_tensor, 0.25,  0",
        "int8_tensor, 0.75,  2",
        "int8_tensor, -1.25, -2",
        "int8_tensor, 63.5,  127",
        "int8_tensor, 900,   127",
        "int8_tensor, -900,  -128",
        "int8_tensor, NaN,   0",
        "int8_tensor, Infinity, 127",
        "fp8_e4m3_tensor, 0.5, 56",
        "fp8_e4m3_tensor, 224, 126",
        "fp8_e4m3_tensor, 9000, 126",
        "fp8_e4m3_tensor, -9000, -2",
        "fp8_e4m3_tensor, NaN, 127",
        "fp8_e5m2_tensor, 0.5, 60",
        "fp8_e5m2_tensor, 9e9, 123"
    })
    void codesByHand(String format, float value, int code) {
        QuantCodec codec = QuantCodecs.of(QuantFormat.parse(format));
        assertArrayEquals(new byte[] {(byte) code}, codec.encodeUnder(0.5f, new float[] {value}));
    }

    /** The scale is an input, no scale is written, and x crosses the bus once. */
    @ParameterizedTest
    @ValueSource(strings = {"int8_tensor", "fp8_e4m3_tensor", "fp8_e5m2_tensor"})
    void scaleIsGiven(String format) {
        QuantizeProblem problem = problem(format);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 1);
        List<String> inputs = operands.specs().stream()
                .filter(spec -> spec.role() == Role.INPUT)
                .map(OperandSpec::name)
                .toList();
        assertEquals(List.of("x", "scale"), inputs);
        assertEquals(3, operands.specs().size());
        assertEquals(ROWS * COLS * 4 + 4, problem.work().bytesRead());
        assertEquals(ROWS * COLS, problem.work().bytesWritten());
        assertTrue(problem.id().endsWith("_static_" + format), problem.id());
        assertEquals(problem.shape(), ShapeJson.parse("quantize", ShapeJson.write(problem.shape())));
    }

    /** As a kernel does that finds a scale of its own; some normal values lie beyond the calibrated range. */
    @ParameterizedTest
    @ValueSource(strings = {"int8_tensor", "fp8_e4m3_tensor", "fp8_e5m2_tensor"})
    void anotherScaleIsFound(String format) {
        QuantizeProblem problem = problem(format);
        QuantCodec codec = QuantCodecs.of(problem.format());
        for (Distribution distribution : Distribution.values()) {
            OperandSet operands = OperandSet.generate(problem, distribution, 1);
            float[] x = values(operands);
            float scale = operands.input("scale").getFloat(0);
            Verifier verifier = Verifier.of(problem, operands);
            assertNull(verifier.check(reader(codec.encodeUnder(scale, x))).firstMismatch());
            byte[] own = codec.encode(x, ROWS, COLS).codes();
            assertFalse(verifier.check(reader(own)).passed(), distribution.id());
        }
        float scale = OperandSet.generate(problem, Distribution.NORMAL, 1)
                .input("scale")
                .getFloat(0);
        assertEquals(3, scale * codec.largestCode(), 1e-6);
    }

    @Test
    void otherFormatsTakeNone() {
        assertThrows(
                IllegalArgumentException.class,
                () -> QuantizeProblem.underScale(2, 128, DType.BF16, QuantFormat.INT8_TOKEN));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> QuantizeProblem.of(
                                Direction.DEQUANTIZE, 2, 128, DType.BF16, QuantFormat.INT8_TENSOR, false, true))
                .getMessage();
        assertTrue(message.startsWith("static_scale: "), message);
        assertThrows(
                UnsupportedOperationException.class,
                () -> QuantCodecs.of(QuantFormat.Q4_0).encodeUnder(1, new float[32]));
    }
}
