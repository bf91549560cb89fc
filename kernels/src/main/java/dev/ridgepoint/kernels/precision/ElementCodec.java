package dev.ridgepoint.kernels.precision;

/** Conversion of single elements between fp32 and one narrower type; see {@link FloatCodec} for the rules. */
interface ElementCodec {
    /** The code of a value, in the low bits. */
    int encode(float value);

    /** The value of a code; bits above the type's width are ignored. */
    float decode(int code);

    /**
     * Encodes {@code count} values. Every class has its own loop: one loop shared by all would call {@link
     * #encode(float)} through a table, at a tenth of the speed.
     */
    void encode(float[] values, int from, int count, int[] codes);

    /** Decodes {@code count} codes. */
    void decode(int[] codes, int count, float[] values, int to);

    float maxFinite();

    /** A subnormal where the type has those. */
    float smallestPositive();
}
