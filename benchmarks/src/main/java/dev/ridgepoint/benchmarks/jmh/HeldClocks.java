package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.device.cuda.GpuTelemetry;
import dev.ridgepoint.device.cuda.TelemetrySource;
import dev.ridgepoint.results.HeldBack;
import java.util.List;
import java.util.Map;

/** Whether a GPU's clocks were held back while iterations were measured. */
final class HeldClocks {
    private boolean told;
    private boolean held;

    /**
     * Takes an iteration into account.
     *
     * @param heldNs how long clocks were held back, by cause; causes that the device does not tell are not in it
     * @param reasons why clocks are where they are at its end
     * @param reasonsTold whether the device tells reasons at all
     */
    void see(long periodNs, Map<String, Long> heldNs, List<String> reasons, boolean reasonsTold) {
        told |= HeldBack.tells(heldNs) || reasonsTold;
        held |= HeldBack.is(periodNs, heldNs, reasons);
    }

    /** The same of the telemetry's last sample. */
    void see(long periodNs, Map<String, Long> heldNs, TelemetrySource now) {
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
