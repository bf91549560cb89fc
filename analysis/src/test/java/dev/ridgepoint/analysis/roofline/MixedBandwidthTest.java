package dev.ridgepoint.analysis.roofline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.Context;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MixedBandwidthTest {
    private static MixedBandwidth of(Double read, Double copy, Double triad) {
        return MixedBandwidth.of(new Context.Measured(Map.of(), read, copy, triad, null, 1, "made up"));
    }

    private static double at(double share) {
        return of(3000.0, 2000.0, 2400.0).gigabytesPerSecond(share).orElseThrow();
    }

    @Test
    void aProbesOwnMixHasItsBandwidth() {
        assertEquals(2000, at(1.0 / 2), 1e-9);
        assertEquals(2400, at(2.0 / 3), 1e-9);
        assertEquals(3000, at(1), 1e-9);
    }

    /** 6 MB as triad does them, of which 4 are read, and 4 as copy does them, of which 2 are read: one after the other. */
    @Test
    void betweenProbesTimesAddUp() {
        double milliseconds = 6 / 2400.0 + 4 / 2000.0;
        assertEquals(10 / milliseconds, at(6.0 / 10), 1e-9);
        assertTrue(at(6.0 / 10) < 0.6 * 2400 + 0.4 * 2000, "bandwidths do not add up");
        assertEquals(9 / (6 / 2400.0 + 3 / 3000.0), at(7.0 / 9), 1e-9);
    }

    @Test
    void whatWritesMoreThanItReadsIsHeldAgainstCopy() {
        assertEquals(2000, at(1.0 / 3), 1e-9);
        assertEquals(2000, at(0), 1e-9);
    }

    @Test
    void aProbeThatIsMissingLeavesItsNeighboursOrNothing() {
        MixedBandwidth withoutTriad = of(3000.0, 2000.0, null);
        assertEquals(
                3 / (1 / 3000.0 + 2 / 2000.0),
                withoutTriad.gigabytesPerSecond(2.0 / 3).orElseThrow(),
                1e-9);
        MixedBandwidth withoutRead = of(null, 2000.0, 2400.0);
        assertEquals(2400, withoutRead.gigabytesPerSecond(2.0 / 3).orElseThrow(), 1e-9);
        assertTrue(withoutRead.gigabytesPerSecond(0.7).isEmpty());
        assertTrue(of(3000.0, null, 2400.0).gigabytesPerSecond(0.6).isEmpty());
        assertTrue(MixedBandwidth.of(null).gigabytesPerSecond(1).isEmpty());
    }

    @Test
    void aShareIsOfOne() {
        assertEquals(
                "readShare: expected 0 to 1, got 1.5",
                assertThrows(IllegalArgumentException.class, () -> at(1.5)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> at(Double.NaN));
    }
}
