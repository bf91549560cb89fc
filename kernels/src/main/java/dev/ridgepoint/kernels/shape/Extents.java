package dev.ridgepoint.kernels.shape;

/**
 * Checks of extents: one clear error that names the field. Extents of 0 are refused: of nothing there is no launch, nothing
 * written and nothing to time. What may be 0 is a sequence's part in a batch, see {@link AttentionShape.Segment}.
 */
final class Extents {
    /** No tensor extent in use comes near; a larger one is a typing mistake or an overflow elsewhere. */
    static final long MAX = 1L << 40;

    private Extents() {}

    static void positive(String field, long extent) {
        if (extent < 1 || extent > MAX) {
            throw new IllegalArgumentException(field + ": expected an extent of 1 to 2^40, got " + extent);
        }
    }

    static void notNegative(String field, long extent) {
        if (extent < 0 || extent > MAX) {
            throw new IllegalArgumentException(field + ": expected an extent of 0 to 2^40, got " + extent);
        }
    }

    /** Refuses products that do not fit a long, naming the fields multiplied. */
    static long product(String fields, long... extents) {
        long product = 1;
        for (long extent : extents) {
            try {
                product = Math.multiplyExact(product, extent);
            } catch (ArithmeticException overflow) {
                throw new IllegalArgumentException(fields + ": the product overflows 2^63", overflow);
            }
        }
        return product;
    }
}
