package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.device.cuda.GpuTelemetry;
import java.util.List;
import java.util.Set;

/**
 * Whether a GPU's clocks were held back while iterations were measured, by heat or by a board that could not feed it.
 * That it keeps to its power limit is no such thing: a GPU at work does, and the telemetry says for how long.
 */
final class HeldClocks {
    private static final Set<String> CAUSES =
            Set.of("hardwareSlowdown", "softwareThermalSlowdown", "hardwareThermalSlowdown", "hardwarePowerBrake");
    /** A share of an iteration below which nobody could see it in a time. */
    private static final double NOTICED = 0.01;

    private boolean told;
    private boolean held;

    /**
     * Takes an iteration into account.
     *
     * @param heldNs how long clocks were held back by heat or board, -1 where the device does not tell
     * @param reasons why clocks are where they are at its end
     * @param reasonsTold whether the device tells reasons at all
     */
    void see(long periodNs, long heldNs, List<String> reasons, boolean reasonsTold) {
        told |= heldNs >= 0 || reasonsTold;
        held |= heldNs > NOTICED * periodNs || reasons.stream().anyMatch(CAUSES::contains);
    }

    /** The same of the telemetry's last sample. */
    void see(long periodNs, long heldNs, GpuTelemetry now) {
        see(periodNs, heldNs, now.clockReasons(), now.raw(GpuTelemetry.Field.CLOCK_REASONS) >= 0);
    }

    /** {@code yes}, {@code no}, or {@code unknown} where the device never told. */
    String verdict() {
        if (held) {
            return "yes";
        }
        return told ? "no" : ForkVerdict.UNKNOWN;
    }
}
