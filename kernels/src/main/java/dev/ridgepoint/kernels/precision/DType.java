package dev.ridgepoint.kernels.precision;

import java.util.Locale;

/**
 * The element types Ridgepoint stores, multiplies or accumulates.
 *
 * <p>{@link #significandBits()} counts the implicit leading one, so the unit roundoff of round-to-nearest is
 * {@code 2^-significandBits}. Integers have no roundoff of their own; what quantising to them costs belongs to
 * {@link QuantFormat}.
 */
public enum DType {
    FP64("fp64", 64, 53),
    FP32("fp32", 32, 24),
    /** Stored as fp32; the multiplier keeps 11 significant bits. */
    TF32("tf32", 32, 11),
    FP16("fp16", 16, 11),
    BF16("bf16", 16, 8),
    FP8_E4M3("fp8_e4m3", 8, 4),
    FP8_E5M2("fp8_e5m2", 8, 3),
    FP4_E2M1("fp4_e2m1", 4, 2),
    /** A power of two: the scale type of the OCP microscaling formats. */
    E8M0("e8m0", 8, 1),
    INT32("int32", 32, 0),
    INT8("int8", 8, 0),
    INT6("int6", 6, 0),
    INT4("int4", 4, 0);

    private final String id;
    private final int bits;
    private final int significandBits;

    DType(String id, int bits, int significandBits) {
        this.id = id;
        this.bits = bits;
        this.significandBits = significandBits;
    }

    /** The name used in files and on the command line. */
    public String id() {
        return id;
    }

    /** Storage bits an element. */
    public int bits() {
        return bits;
    }

    /** Storage bytes an element; a fraction for sub-byte types. */
    public double bytes() {
        return bits / 8.0;
    }

    /** Significant bits with the implicit one, 0 for integers. */
    public int significandBits() {
        return significandBits;
    }

    public boolean isFloat() {
        return significandBits > 0;
    }

    /** Half the gap between 1 and the next number: {@code 2^-significandBits}; 0 for integers. */
    public double unitRoundoff() {
        return isFloat() ? Math.scalb(1.0, -significandBits) : 0.0;
    }

    /**
     * Reads a name from foreign data; {@code fp8} alone is an alias of {@code fp8_e4m3}.
     *
     * @throws IllegalArgumentException naming the types there are
     */
    public static DType parse(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.equals("fp8")) {
            return FP8_E4M3;
        }
        for (DType type : values()) {
            if (type.id.equals(wanted)) {
                return type;
            }
        }
        StringBuilder known = new StringBuilder();
        for (DType type : values()) {
            known.append(known.isEmpty() ? "" : ", ").append(type.id);
        }
        throw new IllegalArgumentException("unknown data type '" + name + "'; known: " + known + ", fp8");
    }

    @Override
    public String toString() {
        return id;
    }
}
