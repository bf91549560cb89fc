package dev.ridgepoint.analysis.roofline;

/**
 * What a device can do at most in one compute type; either part is null where nobody knows it.
 *
 * @param gflops 10^9 operations a second, dense
 * @param gigabytesPerSecond 10^9 bytes a second to and from memory
 */
public record Ceilings(Double gflops, Double gigabytesPerSecond) {
    public Ceilings {
        positive("gflops", gflops);
        positive("gigabytesPerSecond", gigabytesPerSecond);
    }

    public boolean complete() {
        return gflops != null && gigabytesPerSecond != null;
    }

    /** FLOPs a byte at which both limits bind, null unless both are known. */
    public Double ridge() {
        return complete() ? (Double) (gflops / gigabytesPerSecond) : null;
    }

    /** The most that work of such an intensity can reach, 10^9 operations a second; null unless both are known. */
    public Double attainableGflops(double intensity) {
        return complete() ? (Double) Math.min(gflops, intensity * gigabytesPerSecond) : null;
    }

    private static void positive(String field, Double rate) {
        if (rate != null && (!(rate > 0) || rate.isInfinite())) {
            throw new IllegalArgumentException(field + ": expected a finite rate above 0, got " + rate);
        }
    }
}
