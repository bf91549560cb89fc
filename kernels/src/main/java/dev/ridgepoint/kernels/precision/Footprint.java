package dev.ridgepoint.kernels.precision;

/**
 * Bytes an element, by the part it plays: what a work model needs of a precision and nothing more.
 *
 * <p>Weights and KV entries may be fractions, because scales and zeros of a group are spread over its elements.
 *
 * @param activation bytes of an activation (GEMM's A; attention's Q)
 * @param weight bytes of a weight with its share of scales and zeros (GEMM's B)
 * @param kv bytes of a key or value element with its share of scales
 * @param output bytes of an output element
 */
public record Footprint(double activation, double weight, double kv, double output) {
    public Footprint {
        positive("act_bytes", activation);
        positive("weight_bytes", weight);
        positive("kv_bytes", kv);
        positive("out_bytes", output);
    }

    private static void positive(String field, double bytes) {
        if (!(bytes > 0) || bytes > 16) {
            throw new IllegalArgumentException(field + ": expected bytes an element in (0, 16], got " + bytes);
        }
    }

    /** The footprint of one type used for everything. */
    public static Footprint uniform(DType type) {
        return new Footprint(type.bytes(), type.bytes(), type.bytes(), type.bytes());
    }
}
