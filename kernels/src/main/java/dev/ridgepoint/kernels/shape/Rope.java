package dev.ridgepoint.kernels.shape;

/**
 * Queries and keys turned by their positions before they are multiplied: as {@link AppendShape} turns keys that it writes.
 *
 * @param rotary which elements are pairs
 * @param dim how many elements of a query or key turn, the first; even
 */
public record Rope(Rotary rotary, long dim) {
    /** Two products and a sum an element. */
    static final double FLOPS = 3;

    public Rope {
        if (rotary == Rotary.NONE) {
            throw new IllegalArgumentException("rotary: expected half or interleaved, got 'none'");
        }
    }

    /** Refuses a width that a head does not have. */
    void fits(long headDim) {
        rotary.check(dim, headDim);
    }

    /** What a table of angles and a position cost that are read for each of so many tokens. */
    double bytes(double tokens) {
        return tokens * (dim + 1) * Float.BYTES;
    }

    /** {@code half}, {@code interleaved_rot64}. */
    String id(long headDim) {
        return rotary + (dim == headDim ? "" : "_rot" + dim);
    }
}
