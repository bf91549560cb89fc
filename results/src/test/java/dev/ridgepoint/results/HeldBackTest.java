package dev.ridgepoint.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldBackTest {
    private static final long PERIOD = 1_000_000;

    @Test
    void everyCauseButTheCapsOfPowerAndUseCounts() {
        for (String cause : List.of(
                "heat", "boardLimit", "softwareThermalSlowdown", "hardwareThermalSlowdown", "hardwarePowerBrake")) {
            assertTrue(HeldBack.is(PERIOD, Map.of(cause, 10_001L), List.of()), cause);
            assertFalse(HeldBack.is(PERIOD, Map.of(cause, 10_000L), List.of()), cause + ": nobody could see it");
            assertTrue(HeldBack.tells(Map.of(cause, 0L)), cause);
        }
        for (String cause : List.of("power", "syncBoost", "lowUtilisation", "reliability")) {
            assertFalse(HeldBack.is(PERIOD, Map.of(cause, PERIOD), List.of()), cause);
            assertFalse(HeldBack.tells(Map.of(cause, PERIOD)), cause);
        }
        assertFalse(HeldBack.is(PERIOD, Map.of(), List.of("softwarePowerCap", "idle")));
        assertTrue(HeldBack.is(PERIOD, Map.of(), List.of("softwarePowerCap", "hardwareSlowdown")));
    }

    @Test
    void overAnUnknownPeriodAnyTimeCountsAndNoneDoesNot() {
        assertTrue(HeldBack.is(-1, Map.of("heat", 1L), List.of()));
        assertFalse(HeldBack.is(-1, Map.of("heat", 0L), List.of()));
    }

    @Test
    void whatHeldBackIsNamed() {
        assertEquals(
                Set.of("heat", "hardwarePowerBrake"),
                HeldBack.counted(Map.of("heat", 1L, "hardwarePowerBrake", 5L, "boardLimit", 0L, "power", 9L)));
    }
}
