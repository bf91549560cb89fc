package dev.ridgepoint.kernels.precision;

import dev.ridgepoint.kernels.precision.QuantFormat.Layout;

/** Codes of a row-major matrix, a byte each or two a byte with rows that start on a byte of their own. */
record CodeRows(boolean nibbles, int cols, byte[] bytes) {
    CodeRows(Layout layout, int cols, byte[] bytes) {
        this(layout == Layout.NIBBLES, cols, bytes);
    }

    /** Sets the code of element {@code index} = row * cols + col, which was zero. */
    void put(int index, int code) {
        if (nibbles) {
            Nibbles.or(bytes, nibble(index), code);
        } else {
            bytes[index] = (byte) code;
        }
    }

    int get(int index) {
        return nibbles ? Nibbles.get(bytes, nibble(index)) : bytes[index];
    }

    /** An odd row is followed by an unused nibble. */
    private int nibble(int index) {
        return (cols & 1) == 0 ? index : index + index / cols;
    }
}
