package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.device.cuda.GpuTelemetry;
import dev.ridgepoint.device.cuda.TelemetrySource;
import dev.ridgepoint.results.HeldBack;
import java.util.List;

/** Whether a GPU's clocks were held back while iterations were measured. */
final class HeldClocks {
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
        held |= HeldBack.is(periodNs, heldNs, reasons);
    }

    /** The same of the telemetry's last sample. */
    void see(long periodNs, long heldNs, TelemetrySource now) {
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
