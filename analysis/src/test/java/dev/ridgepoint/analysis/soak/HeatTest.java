package dev.ridgepoint.analysis.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class HeatTest {
    /** 30 degrees of warming with a time constant of six minutes come within two of their end after sixteen. */
    @Test
    void aWarmingMachineIsSteadyWhereItsCurveIsFlat() {
        Heat heat = Heat.of(trace(hour -> 72 - 30 * Math.exp(-hour * 10)), 1);
        assertEquals(72, heat.finalC(), 0.5);
        assertEquals(60 * Math.log(15) / 10, 60 * heat.steadyFromHours(), 1.5);
    }

    @Test
    void oneThatGetsWarmerToTheEndIsNot() {
        assertNull(Heat.of(trace(hour -> 40 + 30 * hour), 1).steadyFromHours());
    }

    @Test
    void oneThatNeverMovedIsSteadyFromTheStart() {
        assertEquals(0, Heat.of(trace(hour -> 50), 1).steadyFromHours());
    }

    @Test
    void aStepInTheLastQuarterIsNoSteadyState() {
        assertNull(Heat.of(trace(hour -> hour < 0.9 ? 60 : 70), 1).steadyFromHours());
    }

    @Test
    void aHandfulOfReadingsTellsNothing() {
        assertNull(Heat.of(List.of(new Heat.Reading(0.1, 50), new Heat.Reading(0.9, 50)), 1));
        assertNotNull(Heat.of(trace(hour -> 50), 1));
    }

    private static List<Heat.Reading> trace(DoubleUnaryOperator celsius) {
        List<Heat.Reading> readings = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            double hour = (i + 0.5) / 240;
            // Every fourth is read in a pause between forks.
            readings.add(new Heat.Reading(hour, celsius.applyAsDouble(hour) - (i % 4 == 0 ? 1 : 0)));
        }
        return readings;
    }
}
