package dev.ridgepoint.results;

/**
 * The figures of a case that may be quoted on their own: steady, verified and valid. Written into {@code result.json}
 * so that no reader has to decide; a utilisation is never one of them.
 *
 * @param steadyNs time a call, nanoseconds
 * @param gflops 10^9 operations a second, from the least work
 * @param gigabytesPerSecond 10^9 bytes a second, from the least traffic
 */
public record Headline(double steadyNs, double gflops, double gigabytesPerSecond) {
    /** The headline of a case, or null where it has none: nothing was measured, or the figure is not valid. */
    public static Headline of(CaseResult result) {
        Timing timing = result.timing();
        if (timing == null || !result.validity().valid()) {
            return null;
        }
        double ns = timing.steadyNs();
        return new Headline(ns, result.work().flops() / ns, result.work().bytes() / ns);
    }
}
