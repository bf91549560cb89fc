package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;

/** Bytes a row of activations takes, with its share of scales. */
final class ActivationRows {
    private ActivationRows() {}

    /** The format of activations, or null where they are stored plainly. */
    private static QuantFormat format(Precision precision) {
        return precision.activation() == precision.weight() ? precision.weightFormat() : null;
    }

    static long codeBytes(Precision precision, long k) {
        QuantFormat format = format(precision);
        return format == null ? precision.activation().bits() / 8 * k : format.codesLength(1, k);
    }

    /** Scales that belong to a row alone; 0 where there are none or one serves all rows. */
    static long scaleBytes(Precision precision, long k) {
        QuantFormat format = format(precision);
        boolean ofRows = format != null && format.granularity().rows() != Granularity.ALL;
        return ofRows ? format.scalesLength(1, k) : 0;
    }
}
