package dev.ridgepoint.kernels.precision;

/**
 * The bit-exact meaning of a quantised format: what every kernel of it must produce and read, code for code.
 *
 * <p>The arithmetic is written out in IEEE single precision, without contraction: division against reciprocal, tie
 * rule and treatment of NaN, infinities, subnormals and all-zero groups belong to the format and are documented at its
 * codec.
 */
public interface QuantCodec {
    QuantFormat format();

    /**
     * Whether {@link #encode} is the published rule a kernel can be held to bit for bit. False for formats whose
     * published encoder is a search: there it merely makes operands.
     */
    default boolean encoderIsPinned() {
        return true;
    }

    /** Whether {@link #encode} says what becomes of NaN and infinities. */
    default boolean takesNonFinite() {
        return true;
    }

    /**
     * Quantises a row-major matrix.
     *
     * @throws IllegalArgumentException if the extents do not fit the values, or these are not finite and may not be
     */
    QuantTensor encode(float[] values, int rows, int cols);

    /**
     * The codes of values under one scale that is given.
     *
     * @throws UnsupportedOperationException by formats whose scales are always found in the values
     */
    default byte[] encodeUnder(float scale, float[] values) {
        throw new UnsupportedOperationException(format() + ": takes no scale that is given");
    }

    /** The magnitude of the largest code: what a calibrated scale maps the largest value to; the same holds. */
    default float largestCode() {
        throw new UnsupportedOperationException(format() + ": takes no scale that is given");
    }

    /** The values that the codes of rows {@code [fromRow, toRow)} stand for, row-major. */
    float[] decodeRows(QuantTensor tensor, int fromRow, int toRow);

    /** The values the codes stand for, row-major. */
    default float[] decode(QuantTensor tensor) {
        return decodeRows(tensor, 0, tensor.rows());
    }
}
