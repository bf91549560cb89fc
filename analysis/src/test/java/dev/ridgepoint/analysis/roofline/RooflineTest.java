package dev.ridgepoint.analysis.roofline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.shape.WorkModel;
import org.junit.jupiter.api.Test;

/** A device of 1000 GFLOP/s and 100 GB/s by declaration, 800 and 80 as measured: its ridge is at 10 FLOP/byte. */
class RooflineTest {
    private static final Roofline DEVICE =
            new Roofline("bf16", new Ceilings(1000.0, 100.0), new Ceilings(800.0, 80.0), 500, 1_000_000);
    private static final Roofline NOTHING_KNOWN =
            new Roofline("bf16", new Ceilings(null, null), new Ceilings(null, null), 0, 0);

    @Test
    void theRidgeSeparatesWhatIsAttainable() {
        Ceilings ceilings = DEVICE.declared();
        assertEquals(10, ceilings.ridge());
        assertEquals(200, ceilings.attainableGflops(2));
        assertEquals(1000, ceilings.attainableGflops(10));
        assertEquals(1000, ceilings.attainableGflops(500));
        assertNull(new Ceilings(1000.0, null).ridge());
    }

    @Test
    void computeBoundWorkIsHeldAgainstTheMultipliers() {
        // 4e9 FLOPs and 1e8 bytes in 10 ms: 400 GFLOP/s, 10 GB/s, 40 FLOP/byte.
        Reading reading = DEVICE.read(new WorkModel(4e9, 6e7, 4e7), 1e7, "cold");
        assertEquals(400, reading.gflops(), 1e-12);
        assertEquals(10, reading.gigabytesPerSecond(), 1e-12);
        assertEquals(40, reading.intensity(), 1e-12);
        assertEquals(0.4, reading.ofDeclaredCompute(), 1e-12);
        assertEquals(0.1, reading.ofDeclaredBandwidth(), 1e-12);
        assertEquals(0.5, reading.ofMeasuredCompute(), 1e-12);
        assertEquals(0.125, reading.ofMeasuredBandwidth(), 1e-12);
        assertEquals(0.5, reading.ofMeasuredCeiling(), 1e-12);
        assertEquals(Bound.COMPUTE, reading.bound());
        assertTrue(reading.plausible());
    }

    @Test
    void bandwidthBoundWorkIsHeldAgainstTheMemory() {
        Reading reading = DEVICE.read(new WorkModel(1e8, 9e7, 1e7), 2e6, "cold");
        assertEquals(Bound.BANDWIDTH, reading.bound());
        assertEquals(50.0 / 80, reading.ofMeasuredCeiling(), 1e-12);
    }

    @Test
    void nearTheRidgeNeitherIsNamed() {
        assertEquals(
                Bound.RIDGE,
                DEVICE.read(new WorkModel(1.1e9, 5e7, 5e7), 1e7, "cold").bound());
    }

    @Test
    void lessWorkThanAnEmptyCallIsLaunchBound() {
        assertEquals(
                Bound.LAUNCH,
                DEVICE.read(new WorkModel(1e5, 5e3, 5e3), 700, "cold").bound());
    }

    @Test
    void warmBuffersInTheCacheKnowNoBandwidth() {
        WorkModel small = new WorkModel(1e6, 6e5, 3e5);
        Reading warm = DEVICE.read(small, 2e3, "warm");
        assertTrue(warm.inCache());
        assertEquals(450, warm.gigabytesPerSecond(), 1e-9);
        assertTrue(warm.plausible(), "450 GB/s from a cache is no wonder");
        assertEquals(Bound.CACHE, warm.bound());
        assertNull(warm.ofMeasuredBandwidth());
        assertNull(warm.ofMeasuredCeiling(), "the cache's own ceiling was not measured");
        assertFalse(DEVICE.read(small, 2e3, "cold").plausible(), "but from memory it is");
        assertFalse(DEVICE.read(new WorkModel(1e6, 8e5, 3e5), 2e3, "warm").plausible(), "or where it does not fit");
    }

    @Test
    void aboveADeclaredPeakIsImplausibleAndSaysWhy() {
        Reading reading = DEVICE.read(new WorkModel(1.001e10, 5e7, 5e7), 1e7, "cold");
        assertEquals(2, reading.implausible().size(), reading.implausible().toString());
        assertTrue(reading.implausible().get(0).contains("1001 GFLOP/s is above the declared bf16 peak of 1000"));
    }

    @Test
    void aMeasuredCeilingMayBeExceededALittle() {
        Roofline cpu = new Roofline("bf16", new Ceilings(null, null), new Ceilings(800.0, 80.0), 0, 0);
        assertTrue(cpu.read(new WorkModel(9.1e9, 5e7, 5e7), 1e7, "cold").plausible());
        assertFalse(cpu.read(new WorkModel(9.3e9, 5e7, 5e7), 1e7, "cold").plausible());
    }

    @Test
    void withoutCeilingsNothingIsClaimed() {
        Reading reading = NOTHING_KNOWN.read(new WorkModel(4e9, 6e7, 4e7), 1e7, "warm");
        assertEquals(400, reading.gflops(), 1e-12);
        assertNull(reading.bound());
        assertNull(reading.ofMeasuredCeiling());
        assertTrue(reading.plausible());
    }

    @Test
    void declaredCeilingsServeWhereNoneWereMeasured() {
        Roofline declared = new Roofline("bf16", new Ceilings(1000.0, 100.0), new Ceilings(null, 80.0), 0, 0);
        Reading reading = declared.read(new WorkModel(1e8, 9e7, 1e7), 2e6, "cold");
        assertEquals(Bound.BANDWIDTH, reading.bound());
        assertNull(reading.ofMeasuredCeiling(), "only half of the measured roofline is known");
    }

    @Test
    void aCeilingIsAPositiveRate() {
        assertThrows(IllegalArgumentException.class, () -> new Ceilings(0.0, 1.0));
        assertThrows(IllegalArgumentException.class, () -> new Ceilings(1.0, Double.NaN));
    }
}
