package dev.ridgepoint.analysis.tensor;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;

/**
 * Half the distance between the two codes at the end of a type's range: what rounding may take there, so that more is
 * clipping.
 *
 * @param ofEnd as a share of the number at the end, for floating-point codes
 * @param ofRange as a share of the range from end to end, for integer codes
 */
record HalfStep(double ofEnd, double ofRange) {
    static HalfStep of(DType type) {
        if (!type.isFloat()) {
            return new HalfStep(0, 0.5 / ((1 << type.bits()) - 1));
        }
        float end = FloatCodec.maxFinite(type);
        float next = FloatCodec.decode(type, FloatCodec.encode(type, end) - lowestBit(type));
        return new HalfStep((end - next) / 2.0 / end, 0);
    }

    /** tf32 codes are fp32 patterns whose last bits are always zero. */
    private static int lowestBit(DType type) {
        return type == DType.TF32 ? 1 << 13 : 1;
    }

    double of(double end, double range) {
        return ofEnd * Math.abs(end) + ofRange * range;
    }
}
