package dev.ridgepoint.device.conformance.opcodes;

/**
 * How a factor or accumulator of a matrix product writes numbers.
 *
 * @param name in PTX
 * @param bits of the code
 * @param exponentBits of its exponent
 * @param fractionBits that count; tf32 has others below them
 * @param infinities whether the largest exponent is infinity's and NaN's
 */
record FloatFormat(String name, int bits, int exponentBits, int fractionBits, boolean infinities) {
    static final FloatFormat F16 = new FloatFormat("f16", 16, 5, 10, true);
    static final FloatFormat BF16 = new FloatFormat("bf16", 16, 8, 7, true);
    static final FloatFormat TF32 = new FloatFormat("tf32", 32, 8, 10, true);
    static final FloatFormat E4M3 = new FloatFormat("e4m3", 8, 4, 3, false);
    static final FloatFormat E5M2 = new FloatFormat("e5m2", 8, 5, 2, true);
    static final FloatFormat F32 = new FloatFormat("f32", 32, 8, 23, true);
    static final FloatFormat F64 = new FloatFormat("f64", 64, 11, 52, true);

    int bias() {
        return (1 << exponentBits - 1) - 1;
    }

    /** Of the largest power of two. */
    int largestExponent() {
        return (1 << exponentBits) - 1 - bias() - (infinities ? 1 : 0);
    }

    /** Of the smallest power of two, a subnormal number. */
    int smallestExponent() {
        return 1 - bias() - fractionBits;
    }

    /** A power of two, or the nearest there is. */
    long power(boolean negative, int exponent) {
        return number(negative, exponent, 0);
    }

    /** {@code (1 + fraction / 2^fractionBits) * 2^exponent}; of a subnormal number the upper part of that. */
    long number(boolean negative, int exponent, long fraction) {
        int clamped = Math.max(smallestExponent(), Math.min(exponent, largestExponent()));
        long kept = fraction & (1L << fractionBits) - 1;
        long magnitude;
        if (clamped < 1 - bias()) {
            magnitude = (kept | 1L << fractionBits) >>> 1 - bias() - clamped;
        } else {
            // The last code of a format without infinities is its NaN.
            long last = infinities || clamped < largestExponent() ? kept : Math.min(kept, (1L << fractionBits) - 2);
            magnitude = (long) (clamped + bias()) << fractionBits | last;
        }
        return place(negative, magnitude);
    }

    /** Infinity, or the largest number. */
    long infinity(boolean negative) {
        long top = (1L << exponentBits) - 1;
        return place(negative, infinities ? top << fractionBits : (top << fractionBits) + (1L << fractionBits) - 2);
    }

    long nan() {
        return place(false, (1L << exponentBits + fractionBits) - 1);
    }

    private long place(boolean negative, long magnitude) {
        int below = bits - 1 - exponentBits - fractionBits;
        return (negative ? 1L << bits - 1 : 0) | magnitude << below;
    }
}
