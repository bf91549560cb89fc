package dev.ridgepoint.analysis.tradeoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import org.junit.jupiter.api.Test;

/** Against what theory says of normal data. */
class RepresentationErrorTest {

    @Test
    void fp32OperandsAreTheOperands() {
        assertEquals(0, RepresentationError.of(DType.FP32));
        assertEquals(0, RepresentationError.ofOperands("gemm", Precision.FP32));
    }

    /**
     * Rounding to p bits errs uniformly within half an ulp: relative RMS 2^-p / sqrt(3) at a power of two, half of that just
     * below the next; weighted by the square of normal values, about 0.7 of the former.
     */
    @Test
    void floatsErrByTheirSignificand() {
        for (DType type : new DType[] {DType.TF32, DType.FP16, DType.BF16, DType.FP8_E4M3}) {
            double atPowerOfTwo = Math.scalb(1, -type.significandBits()) / Math.sqrt(3);
            double found = RepresentationError.of(type);
            assertTrue(found > 0.5 * atPowerOfTwo && found < atPowerOfTwo, type + ": " + found);
        }
    }

    /** A row of 1024 normals has its largest near 3.24; the step is a 127th of it, the error uniform. */
    @Test
    void int8ErrsByItsStep() {
        double expected = 3.24 / 127 / Math.sqrt(12);
        assertEquals(expected, RepresentationError.of(QuantFormat.INT8_TOKEN), 0.08 * expected);
    }

    @Test
    void fewerBitsErrMore() {
        double q8 = RepresentationError.of(QuantFormat.Q8_0);
        double q6 = RepresentationError.of(QuantFormat.Q6_K);
        double q4 = RepresentationError.of(QuantFormat.Q4_K);
        assertTrue(q8 < q6 && q6 < q4, q8 + " " + q6 + " " + q4);
    }

    @Test
    void operandsAddInQuadrature() {
        double int8 = RepresentationError.of(QuantFormat.INT8_TENSOR);
        assertEquals(Math.sqrt(2) * int8, RepresentationError.ofOperands("gemm", Precision.INT8), 1e-12);
        double bf16 = RepresentationError.of(DType.BF16);
        double awq = RepresentationError.of(QuantFormat.INT4_G128_AWQ);
        assertEquals(Math.hypot(bf16, awq), RepresentationError.ofOperands("gemm", Precision.W4A16_G128), 1e-12);
    }

    @Test
    void attentionReadsKeysAndValuesFromTheCache() {
        double bf16 = RepresentationError.of(DType.BF16);
        double kv = RepresentationError.of(QuantFormat.FP8_E4M3_TOKEN);
        assertEquals(Math.hypot(bf16, kv), RepresentationError.ofOperands("attention", Precision.BF16_KV_FP8), 1e-12);
    }

    @Test
    void everyPrecisionHasOne() {
        for (Precision precision : Precision.ALL) {
            for (String op : new String[] {"gemm", "attention"}) {
                double error = RepresentationError.ofOperands(op, precision);
                assertTrue(error >= 0 && error < 0.5, precision + ": " + error);
            }
        }
        for (QuantFormat format : QuantFormat.ALL) {
            assertTrue(RepresentationError.of(format) < 0.3, format.id());
        }
    }
}
