package dev.ridgepoint.kernels.precision;

import java.util.List;

/**
 * Four-bit weights from AWQ's layout to GPTQ's and back: each code and zero point to its nibble there. Scales lie alike in both,
 * and so do values, bit for bit. What a layout fills its words up with is zero, whatever the source had there.
 */
public final class Int4Repacking {
    /** The layouts, each repacked to the other. */
    public static final List<QuantFormat> LAYOUTS = List.of(QuantFormat.INT4_G128_AWQ, QuantFormat.INT4_G128_GPTQ);

    private Int4Repacking() {}

    /**
     * The layout a format is repacked to.
     *
     * @throws IllegalArgumentException if it has no other
     */
    public static QuantFormat other(QuantFormat format) {
        int at = LAYOUTS.indexOf(format);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "precision: repacked are " + LAYOUTS.get(0) + " and " + LAYOUTS.get(1) + ", not " + format);
        }
        return LAYOUTS.get(1 - at);
    }

    /** The same weight in the other layout; scales are shared with the source. */
    public static QuantTensor repack(QuantTensor from) {
        PackedIntCodec source = (PackedIntCodec) QuantCodecs.of(from.format());
        PackedIntCodec target = (PackedIntCodec) QuantCodecs.of(other(from.format()));
        QuantTensor empty = QuantTensor.empty(target.format(), from.rows(), from.cols(), 1);
        source.repackInto(target, from, empty);
        return new QuantTensor(
                target.format(), from.rows(), from.cols(), empty.codes(), from.scales(), empty.zeros(), 1);
    }
}
