package dev.ridgepoint.device.conformance.opcodes;

/**
 * What a matrix of {@code wmma} holds.
 *
 * @param name in PTX
 * @param format of a float; null of integers, of which any bits will do
 */
record WmmaElement(String name, int bits, FloatFormat format) {
    static final WmmaElement S32 = integer("s32", 32);
    /** Exponents this far from 1's, so that sums are rounded and none is one product alone. */
    private static final int SPREAD = 4;

    static WmmaElement of(FloatFormat format) {
        return new WmmaElement(format.name(), format.bits(), format);
    }

    static WmmaElement integer(String name, int bits) {
        return new WmmaElement(name, bits, null);
    }

    /** A code made of random bits: of floats, a number around 1. */
    long code(long random) {
        if (format == null) {
            return random & -1L >>> Long.SIZE - bits;
        }
        int exponent = (int) ((random >>> 56) % (2 * SPREAD + 1)) - SPREAD;
        return format.number(random < 0, exponent, random);
    }
}
