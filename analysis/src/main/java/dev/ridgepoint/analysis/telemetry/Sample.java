package dev.ridgepoint.analysis.telemetry;

import dev.ridgepoint.results.HeldBack;
import java.util.List;
import java.util.Map;

/**
 * A device around one iteration; what it does not tell is null.
 *
 * @param iteration from 0 over warm-up and measurement
 * @param periodNs from the reading before the iteration to the one after it
 * @param smClockMhz at its end, like temperature and power
 * @param temperatureC degrees Celsius
 * @param powerMw milliwatts
 * @param energyMj millijoules over the period
 * @param clockReasons why the clocks were where they were at its end, in NVML's words
 * @param heldNs nanoseconds that clocks were held back over the period, by cause; causes that the device does not tell
 *     are not in it
 */
public record Sample(
        int iteration,
        boolean warmup,
        Long periodNs,
        Double smClockMhz,
        Double temperatureC,
        Double powerMw,
        Double energyMj,
        List<String> clockReasons,
        Map<String, Long> heldNs) {
    public Sample {
        clockReasons = List.copyOf(clockReasons);
        heldNs = Map.copyOf(heldNs);
    }

    /** For how long this cause held clocks back, in nanoseconds; -1 where the device does not tell. */
    public long held(String cause) {
        return heldNs.getOrDefault(cause, -1L);
    }

    /** Whether heat or the board held its clocks back, as a case's validity counts it. */
    public boolean heldBack() {
        return HeldBack.is(periodNs == null ? -1 : periodNs, heldNs, clockReasons);
    }

    /** Whether the device says at all why its clocks are where they are. */
    public boolean tellsReasons() {
        return !clockReasons.isEmpty() || !heldNs.isEmpty();
    }
}
