package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.results.Context;

/** How fast a device is, roughly: for forecasts alone. */
public record Speed(double flopsPerSecond, double bytesPerSecond) {
    /** A core of a recent server. */
    private static final Speed CORE = new Speed(5e10, 8e9);
    /** A recent GPU. */
    private static final Speed GPU = new Speed(2e13, 1e12);
    /** The emulated driver on one core, running plain fp32 code. */
    private static final Speed EMULATED = new Speed(2e8, 5e8);

    /** What is usual for a target. */
    public static Speed usual(Target target) {
        if (target.simulated()) {
            return EMULATED;
        }
        return target.cuda() ? GPU : CORE;
    }

    /** What was measured, as far as it was. */
    public static Speed of(Target target, Context.Measured peaks) {
        Speed usual = usual(target);
        if (peaks == null) {
            return usual;
        }
        Double gflops = peaks.gflops().get("fp32");
        Double gigabytes = peaks.readGigabytesPerSecond();
        return new Speed(
                gflops == null ? usual.flopsPerSecond : 1e9 * gflops,
                gigabytes == null ? usual.bytesPerSecond : 1e9 * gigabytes);
    }
}
