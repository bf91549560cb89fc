package dev.ridgepoint.results;

import java.util.Collection;
import java.util.Set;

/**
 * When a GPU's clocks count as held back: by heat, or by a board that could not feed it. That it keeps to its power limit is
 * no such thing: a GPU at work does, and the telemetry says for how long.
 */
public final class HeldBack {
    private static final Set<String> CAUSES =
            Set.of("hardwareSlowdown", "softwareThermalSlowdown", "hardwareThermalSlowdown", "hardwarePowerBrake");
    /** A share of an iteration below which nobody could see it in a time. */
    private static final double NOTICED = 0.01;

    private HeldBack() {}

    /**
     * Whether an iteration was held back.
     *
     * @param periodNs how long it took
     * @param heldNs for how long heat or board held clocks back, -1 where the device does not tell
     * @param reasons why clocks are where they are at its end
     */
    public static boolean is(long periodNs, long heldNs, Collection<String> reasons) {
        return heldNs > NOTICED * periodNs || reasons.stream().anyMatch(CAUSES::contains);
    }
}
