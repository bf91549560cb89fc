package dev.ridgepoint.analysis.roofline;

import java.util.List;

/**
 * A measured time held against the ceilings. Fractions are of one; null where the ceiling is unknown or does not apply.
 *
 * @param gflops achieved 10^9 operations a second, from the least work
 * @param gigabytesPerSecond achieved 10^9 bytes a second, from the least traffic
 * @param intensity FLOPs a byte of the least work
 * @param inCache whether the buffers fit the last cache and were used warm, so that memory's bandwidth is no ceiling
 * @param ofDeclaredCompute share of the declared multiplier rate
 * @param ofDeclaredBandwidth share of the declared bandwidth
 * @param ofMeasuredCompute share of the measured multiplier rate
 * @param ofMeasuredBandwidth share of the measured bandwidth
 * @param ofMeasuredCeiling share of the measured ceiling that binds: the roofline's time over the time taken
 * @param bound what limits it, null where no pair of ceilings is known
 * @param implausible one sentence for each ceiling exceeded; empty for a figure one can believe
 */
public record Reading(
        double gflops,
        double gigabytesPerSecond,
        double intensity,
        boolean inCache,
        Double ofDeclaredCompute,
        Double ofDeclaredBandwidth,
        Double ofMeasuredCompute,
        Double ofMeasuredBandwidth,
        Double ofMeasuredCeiling,
        Bound bound,
        List<String> implausible) {
    public Reading {
        implausible = List.copyOf(implausible);
    }

    public boolean plausible() {
        return implausible.isEmpty();
    }
}
