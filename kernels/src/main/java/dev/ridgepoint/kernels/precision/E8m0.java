package dev.ridgepoint.kernels.precision;

/**
 * The scale type of the OCP microscaling formats: code c is 2^(c - 127), 255 is NaN, and there is no zero.
 *
 * <p>{@link #encode} takes the nearest power of two, ties to the even code. The formats themselves do not round so:
 * {@link MxScaleRule} says how they choose a scale.
 */
record E8m0() implements ElementCodec {
    static final int NAN = 255;
    private static final int LARGEST = 254;
    private static final int HALF = 0x0040_0000;
    /** Halfway between 2^-127 and 2^-126, as the bits of a subnormal. */
    private static final int LOWEST_MIDPOINT = 0x0060_0000;

    @Override
    public int encode(float value) {
        if (!(value >= 0) || value == Float.POSITIVE_INFINITY) {
            return NAN;
        }
        int bits = Float.floatToRawIntBits(value + 0.0f);
        int exponent = bits >>> 23;
        if (exponent == 0) {
            return bits > LOWEST_MIDPOINT ? 1 : 0;
        }
        int significand = bits & 0x007F_FFFF;
        boolean up = significand > HALF || (significand == HALF && (exponent & 1) == 1);
        return Math.min(LARGEST, up ? exponent + 1 : exponent);
    }

    @Override
    public float decode(int code) {
        int exponent = code & 0xFF;
        if (exponent == NAN) {
            return Float.NaN;
        }
        return Float.intBitsToFloat(exponent == 0 ? HALF : exponent << 23);
    }

    @Override
    public void encode(float[] values, int from, int count, int[] codes) {
        for (int i = 0; i < count; i++) {
            codes[i] = encode(values[from + i]);
        }
    }

    @Override
    public void decode(int[] codes, int count, float[] values, int to) {
        for (int i = 0; i < count; i++) {
            values[to + i] = decode(codes[i]);
        }
    }

    @Override
    public float maxFinite() {
        return 0x1p127f;
    }

    @Override
    public float smallestPositive() {
        return 0x1p-127f;
    }
}
