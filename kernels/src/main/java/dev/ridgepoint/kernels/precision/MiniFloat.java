package dev.ridgepoint.kernels.precision;

/**
 * A type of a sign, a few exponent bits and a few significand bits, with subnormals.
 *
 * @param significandBits stored bits, without the implicit one
 * @param bias of the exponent
 * @param signBit of the code
 * @param saturates whether what is too large becomes the largest number and NaN the last code (PTX satfinite), rather
 *     than infinity and a NaN that keeps sign and payload (IEEE)
 * @param overflowFrom magnitudes from here on take {@code overflowCode}
 * @param overflowCode infinity, or the largest number where the type saturates
 * @param table the value of every code
 */
record MiniFloat(
        int significandBits,
        int bias,
        int signBit,
        boolean saturates,
        float overflowFrom,
        int overflowCode,
        float[] table)
        implements ElementCodec {

    static final MiniFloat FP16 = of(5, 10, 0x7C00, false);
    static final MiniFloat E5M2 = of(5, 2, 0x7C, true);
    /** The "fn" variant: finite but for its last code. */
    static final MiniFloat E4M3 = of(4, 3, 0x7F, true);
    /** Finite throughout. */
    static final MiniFloat E2M1 = of(2, 1, 0x8, true);

    private static final int QUIET_BIT = 0x0040_0000;

    /** @param specialsFrom the lowest code without sign that is no number: infinity if its significand is 0, else NaN */
    private static MiniFloat of(int exponentBits, int significandBits, int specialsFrom, boolean saturates) {
        int bias = (1 << (exponentBits - 1)) - 1;
        int signBit = 1 << (exponentBits + significandBits);
        float[] table = new float[2 * signBit];
        for (int code = 0; code < signBit; code++) {
            int magnitude = Float.floatToRawIntBits(magnitude(code, significandBits, bias, specialsFrom));
            table[code] = Float.intBitsToFloat(magnitude);
            table[code | signBit] = Float.intBitsToFloat(magnitude | 0x8000_0000);
        }
        float largest = table[specialsFrom - 1];
        float halfStep = (largest - table[specialsFrom - 2]) / 2;
        return new MiniFloat(
                significandBits,
                bias,
                signBit,
                saturates,
                saturates ? largest : largest + halfStep,
                saturates ? specialsFrom - 1 : specialsFrom,
                table);
    }

    private static float magnitude(int code, int significandBits, int bias, int specialsFrom) {
        int hidden = 1 << significandBits;
        int significand = code & (hidden - 1);
        int exponent = code >> significandBits;
        if (code >= specialsFrom) {
            int payload = significand == 0 ? 0 : QUIET_BIT | significand << (23 - significandBits);
            return Float.intBitsToFloat(0x7F80_0000 | payload);
        }
        return exponent == 0
                ? Math.scalb((float) significand, 1 - bias - significandBits)
                : Math.scalb((float) (hidden + significand), exponent - bias - significandBits);
    }

    @Override
    public int encode(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits < 0 ? signBit : 0;
        float magnitude = Math.abs(value);
        if (magnitude >= overflowFrom) {
            return sign | overflowCode;
        }
        if (magnitude < smallestNormal()) {
            // Added to a power of two whose last place is the type's smallest step, the hardware rounds for us.
            float anchor = Float.intBitsToFloat((151 - bias - significandBits) << 23);
            return sign | (Float.floatToRawIntBits(magnitude + anchor) - Float.floatToRawIntBits(anchor));
        }
        int dropped = 23 - significandBits;
        int magnitudeBits = bits & 0x7FFF_FFFF;
        if (magnitude != magnitude) {
            return saturates ? signBit - 1 : sign | (magnitudeBits | QUIET_BIT) >>> dropped & (signBit - 1);
        }
        // Just under half a step, and half a step where the kept bits are odd; a carry runs on into the exponent.
        int rounded = magnitudeBits + (1 << (dropped - 1)) - 1 + ((bits >>> dropped) & 1);
        return sign | ((rounded >>> dropped) - ((127 - bias) << significandBits));
    }

    private float smallestNormal() {
        return Float.intBitsToFloat((128 - bias) << 23);
    }

    @Override
    public float decode(int code) {
        return table[code & (table.length - 1)];
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
        return table[saturates ? overflowCode : overflowCode - 1];
    }

    @Override
    public float smallestPositive() {
        return table[1];
    }
}
