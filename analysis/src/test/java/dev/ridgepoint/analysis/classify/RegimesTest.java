package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgepoint.analysis.classify.Regimes.Ceilings;
import dev.ridgepoint.kernels.shape.WorkModel;
import org.junit.jupiter.api.Test;

class RegimesTest {
    /** 1 TFLOP/s, 10 GB/s: the ridge is 100 FLOP/B. */
    private static final Ceilings BOX = new Ceilings(1e12, 1e10, 3);

    private static Regime of(double flops, double bytes) {
        return Regimes.read(new WorkModel(flops, bytes, 0), BOX).regime();
    }

    @Test
    void bandEndsAtFiveQuartersOnEitherSide() {
        assertEquals(Regime.RIDGE, of(125e6, 1e6));
        assertEquals(Regime.COMPUTE_BOUND, of(125.01e6, 1e6));
        assertEquals(Regime.RIDGE, of(80e6, 1e6));
        assertEquals(Regime.BANDWIDTH_BOUND, of(79.99e6, 1e6));
    }

    @Test
    void launchFloorIsAskedFirst() {
        assertEquals(Regime.LAUNCH_BOUND, of(2.99e6, 1));
        assertEquals(Regime.COMPUTE_BOUND, of(3e6, 1));
        assertEquals(Regime.LAUNCH_BOUND, of(1, 29_999));
    }

    @Test
    void readingSaysWhatItSaw() {
        var reading = Regimes.read(new WorkModel(3e8, 1e6, 1e6), BOX);
        assertEquals(150, reading.intensity(), 1e-9);
        assertEquals(1.5, reading.overRidge(), 1e-9);
        assertEquals(300, reading.rooflineUs(), 1e-9);
    }

    @Test
    void ceilingsMustBeFinitePositive() {
        assertThrows(IllegalArgumentException.class, () -> new Ceilings(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Ceilings(1, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new Ceilings(1, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> new Ceilings(Double.POSITIVE_INFINITY, 1, 1));
    }
}
