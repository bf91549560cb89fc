package dev.ridgepoint.results;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a GPU's clocks count as held back: by heat, or by a board that could not feed it. That it keeps to its power limit is
 * no such thing: a GPU at work does, and the telemetry says for how long.
 */
public final class HeldBack {
    private static final Set<String> REASONS =
            Set.of("hardwareSlowdown", "softwareThermalSlowdown", "hardwareThermalSlowdown", "hardwarePowerBrake");
    private static final Set<String> CAUSES =
            Set.of("heat", "boardLimit", "softwareThermalSlowdown", "hardwareThermalSlowdown", "hardwarePowerBrake");
    /** A share of an iteration below which nobody could see it in a time. */
    private static final double NOTICED = 0.01;

    private HeldBack() {}

    /**
     * Whether an iteration was held back.
     *
     * @param periodNs how long it took, -1 where that is unknown and any time counts
     * @param heldNs for how long clocks were held back, by cause; causes that the device does not tell are not in it
     * @param reasons why clocks are where they are at its end
     */
    public static boolean is(long periodNs, Map<String, Long> heldNs, Collection<String> reasons) {
        return CAUSES.stream().anyMatch(cause -> heldNs.getOrDefault(cause, 0L) > NOTICED * Math.max(0, periodNs))
                || reasons.stream().anyMatch(REASONS::contains);
    }

    /** Whether a device tells any of the times that count. */
    public static boolean tells(Map<String, Long> heldNs) {
        return CAUSES.stream().anyMatch(heldNs::containsKey);
    }

    /** Of causes and times, those that count, and that held anything back at all. */
    public static Set<String> counted(Map<String, Long> heldNs) {
        return CAUSES.stream()
                .filter(cause -> heldNs.getOrDefault(cause, 0L) > 0)
                .collect(Collectors.toSet());
    }
}
