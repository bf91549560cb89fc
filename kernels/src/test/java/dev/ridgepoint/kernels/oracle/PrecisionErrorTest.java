package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sizes of errors that follow from the formats on paper. */
class PrecisionErrorTest {
    private static double decibels(Problem problem) {
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 1);
        return Verifier.of(problem, operands).precisionError().sqnrDb();
    }

    private static double product(Precision precision) {
        return decibels(new GemmProblem(GemmShape.of(16, 64, 512), precision));
    }

    private static double quantised(Direction direction, QuantFormat format) {
        return decibels(QuantizeProblem.of(direction, 16, 512, DType.FP32, format));
    }

    /** A uniform step of 2 * amax / 255, amax near 3.1: noise of step / sqrt(12), 43 dB under the values. */
    @Test
    void eightBitsAreWorthFortyThreeDecibels() {
        assertEquals(43, quantised(Direction.QUANTIZE, QuantFormat.INT8_TOKEN), 1.5);
        assertEquals(43, quantised(Direction.DEQUANTIZE, QuantFormat.INT8_TOKEN), 1.5);
    }

    /** Both operands of an int8 product bring that noise: 3 dB less than one. */
    @Test
    void errorsOfBothOperandsAdd() {
        double one = quantised(Direction.QUANTIZE, QuantFormat.INT8_TENSOR);
        assertEquals(one - 3, product(Precision.INT8), 1.5);
    }

    /** Relative rounding of u gives about u / sqrt(3) / sqrt(2): of 2^-8 56 dB; two operands and the output cost 5. */
    @Test
    void sixteenBitsCostWhatTheirMantissaSays() {
        assertEquals(51, product(Precision.BF16), 2);
        assertEquals(51 + 18, product(Precision.FP16), 2);
    }

    @Test
    void formatsAreInTheirOrder() {
        double fp32 = product(Precision.FP32);
        assertTrue(fp32 > 140, "fp32 " + fp32);
        double tf32 = product(Precision.TF32);
        double bf16 = product(Precision.BF16);
        double w8 = product(Precision.W8A16);
        double w4 = product(Precision.W4A16_G128);
        double fp8 = product(Precision.FP8_E4M3);
        assertTrue(fp32 > tf32 && tf32 > bf16 && bf16 > w8 && w8 > fp8 && fp8 > w4, tf32 + " " + bf16 + " " + w8);
    }

    @Test
    void quantisedCachesCostMoreThanPlainOnes() {
        AttentionShape shape =
                AttentionShape.of(2, 4, 2, 1, 200, 64, Mask.CAUSAL).withPages(16);
        double plain = decibels(new AttentionProblem(shape, Precision.BF16));
        double int8 = decibels(new AttentionProblem(shape, Precision.BF16_KV_INT8));
        double fp8 = decibels(new AttentionProblem(shape, Precision.BF16_KV_FP8));
        assertTrue(plain > int8 && int8 > fp8 && fp8 > 20, plain + " " + int8 + " " + fp8);
    }

    @Test
    void inputsFromElsewhereHaveNoKnownOrigin() {
        GemmProblem problem = new GemmProblem(GemmShape.of(1, 1, 1), Precision.FP32);
        OperandSet operands = OperandSet.of(problem, 1, Map.of("a", new byte[4], "b", new byte[4]));
        assertNull(Verifier.of(problem, operands).precisionError());
    }
}
