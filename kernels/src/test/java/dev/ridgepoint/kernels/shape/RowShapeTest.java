package dev.ridgepoint.kernels.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RowShapeTest {
    /** Worked by hand: 15 elements of softmax are 5 FLOPs, 2 bytes in and 2 out each; norms read a row of each parameter. */
    @ParameterizedTest
    @CsvSource({
        "SOFTMAX,   3, 5, bf16, 75, 30, 30",
        "SOFTMAX,   1, 1, fp32,  5,  4,  4",
        "RMSNORM,   2, 4, fp32, 32, 48, 32",
        "RMSNORM,   7, 3, fp16, 84, 48, 42",
        "LAYERNORM, 2, 4, fp16, 56, 32, 16",
        "LAYERNORM, 1, 6, fp32, 42, 72, 24",
    })
    void workIsCountedOnce(
            RowFunction function, long rows, long cols, String precision, double flops, double read, double written) {
        Problem problem = Problem.of(new RowShape(function, rows, cols), Precision.parse(precision));
        assertEquals(new WorkModel(flops, read, written), problem.work());
        assertEquals(DType.FP32, problem.compute());
        assertEquals(function.id() + "_r" + rows + "_c" + cols + "_" + precision, problem.id());
    }

    @ParameterizedTest
    @EnumSource(RowFunction.class)
    void jsonIsReadAsItWasWritten(RowFunction function) {
        RowShape shape = new RowShape(function, 12, 34);
        assertEquals(shape, ShapeJson.parse(function.id(), ShapeJson.write(shape)));
    }

    @Test
    void emptyRowsAndOtherPrecisionsAreRefused() {
        assertEquals("rows: expected an extent of 1 to 2^40, got 0", refusal(() -> softmax(0, 4)));
        assertEquals("cols: expected an extent of 1 to 2^40, got 0", refusal(() -> softmax(4, 0)));
        assertEquals(
                "precision: softmax reads and writes fp32, fp16 or bf16, not int8",
                refusal(() -> Problem.of(softmax(4, 4), Precision.INT8)));
        ObjectNode noCols = JsonNodeFactory.instance.objectNode().put("rows", 3);
        assertEquals("cols: missing", refusal(() -> ShapeJson.parse("rmsnorm", noCols)));
        assertEquals(
                "op: unknown 'norm'; known: " + String.join(", ", ShapeJson.OPS),
                refusal(() -> ShapeJson.parse("norm", noCols)));
    }

    private static RowShape softmax(long rows, long cols) {
        return new RowShape(RowFunction.SOFTMAX, rows, cols);
    }

    private static String refusal(Runnable asked) {
        return assertThrows(IllegalArgumentException.class, asked::run).getMessage();
    }
}
