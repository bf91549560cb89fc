package dev.ridgepoint.kernels.precision;

/** Conversion of single elements between fp32 and one narrower type; see {@link FloatCodec} for the rules. */
interface ElementCodec {
    /** The code of a value, in the low bits. */
    int encode(float value);

    /** The value of a code; bits above the type's width are ignored. */
    float decode(int code);

    float maxFinite();

    /** A subnormal where the type has those. */
    float smallestPositive();
}
