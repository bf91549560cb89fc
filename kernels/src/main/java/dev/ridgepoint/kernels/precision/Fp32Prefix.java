package dev.ridgepoint.kernels.precision;

/**
 * A type that is the upper bits of fp32: bf16 and tf32 (and fp32 itself).
 *
 * @param dropped significand bits rounded away
 * @param shift how far the kept bits move down to make the code
 */
record Fp32Prefix(int dropped, int shift) implements ElementCodec {
    private static final int QUIET_BIT = 0x0040_0000;

    @Override
    public int encode(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (dropped == 0) {
            return bits;
        }
        if (Float.isNaN(value)) {
            bits |= QUIET_BIT;
        } else {
            // Just under half a step, and half a step where the kept bits are odd: a carry runs on into the exponent,
            // and from the largest number into infinity, as it should.
            bits += (1 << (dropped - 1)) - 1 + ((bits >>> dropped) & 1);
        }
        return (bits & -(1 << dropped)) >>> shift;
    }

    @Override
    public float decode(int code) {
        float value = Float.intBitsToFloat((code << shift) & -(1 << dropped));
        return Float.isNaN(value) ? Float.intBitsToFloat(code << shift | QUIET_BIT) : value;
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
        return Float.intBitsToFloat(0x7F7F_FFFF & -(1 << dropped));
    }

    @Override
    public float smallestPositive() {
        return Float.intBitsToFloat(1 << dropped);
    }
}
