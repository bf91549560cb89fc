package dev.ridgepoint.kernels.precision;

/** Four-bit codes two a byte, the even one in the low half. */
final class Nibbles {
    private Nibbles() {}

    static int get(byte[] bytes, int nibble) {
        return bytes[nibble >> 1] >> ((nibble & 1) << 2) & 0xF;
    }

    /** Sets a nibble that was zero. */
    static void or(byte[] bytes, int nibble, int code) {
        bytes[nibble >> 1] |= (byte) (code << ((nibble & 1) << 2));
    }
}
