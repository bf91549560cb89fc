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
     * Quantises a row-major matrix.
     *
     * @throws UnsupportedOperationException for formats whose encoder is a search and is not offered
     */
    QuantTensor encode(float[] values, int rows, int cols);

    /** The values the codes stand for, row-major. */
    float[] decode(QuantTensor tensor);
}
