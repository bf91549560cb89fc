package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.DType;

/** Sizes of buffers; an overflow names the buffer. */
final class Sizes {
    private Sizes() {}

    static long product(String buffer, long... extents) {
        try {
            long product = 1;
            for (long extent : extents) {
                product = Math.multiplyExact(product, extent);
            }
            return product;
        } catch (ArithmeticException overflow) {
            throw tooLarge(buffer, overflow);
        }
    }

    static long sum(String buffer, long left, long right) {
        try {
            return Math.addExact(left, right);
        } catch (ArithmeticException overflow) {
            throw tooLarge(buffer, overflow);
        }
    }

    private static IllegalArgumentException tooLarge(String buffer, ArithmeticException overflow) {
        return new IllegalArgumentException(buffer + ": its size overflows 2^63", overflow);
    }

    /** Bytes of that many elements, a last half byte counting as one. */
    static long bytes(String buffer, DType type, long... extents) {
        return (product(buffer, product(buffer, extents), type.bits()) + 7) / 8;
    }
}
