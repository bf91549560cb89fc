package dev.ridgepoint.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.Emulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What times launches on a CUDA device, without one. */
class CudaTimingTest {
    @TempDir
    private Path folder;

    @Test
    void everyDomainTimesVerifiesAndGivesBackEverything() throws Exception {
        Emulator.require();
        Emulator.Ended ended = Emulator.run(folder, TimingOnEmulator.class, List.of(), List.of());
        assertEquals(0, ended.status(), ended.said());
        assertEquals(
                List.of(
                        "host-sync warm measured 1/1 sets, by the host, throttled unknown",
                        "batched warm measured 1/1 sets, by the host, throttled unknown",
                        "graph-replay warm measured 1/1 sets, by the host, throttled unknown",
                        "device-event warm measured 1/1 sets, 70 samples, each longer than nothing, throttled unknown",
                        "device-event cold measured 4/7 sets, 4 samples, each longer than nothing, throttled unknown",
                        "graph-replay cold measured 7/7 sets, by the host, throttled unknown"),
                ended.said().lines().toList());
    }

    /** What calibrate plants is verified as what it is compared with is, in every domain, and says that it was planted. */
    @Test
    void aPlantedSlowdownVerifiesAndSaysSo() throws Exception {
        Emulator.require();
        Emulator.Ended ended = Emulator.run(
                folder, TimingOnEmulator.class, List.of("-D" + PlantedSlowdown.PROPERTY + "=0.5"), List.of());
        assertEquals(0, ended.status(), ended.said());
        assertEquals(6, ended.said().lines().count(), ended.said());
        ended.said()
                .lines()
                .forEach(line -> assertTrue(
                        line.matches(".* measured .* throttled unknown, slowed by 50.0 % on purpose"), line));
    }

    /** Launches that drained none of a device's times would otherwise be an iteration of zero samples, and a mean of NaN. */
    @Test
    void anIterationWithoutSamplesHasNoMean() {
        assertTrue(Double.isNaN(new DeviceTimes().meanNs()));
        DeviceTimes times = new DeviceTimes();
        times.add(new float[] {0.5f, 1.5f, 99}, 2);
        assertEquals(1e6, times.meanNs());
        times.clear();
        assertEquals(0, times.samples());
    }

    @Test
    void clocksHeldBackByHeatAreTold() {
        HeldClocks held = new HeldClocks();
        assertEquals("unknown", held.verdict());
        held.see(1_000_000, Map.of(), List.of(), false);
        assertEquals("unknown", held.verdict(), "the device does not tell");
        held.see(1_000_000, Map.of("heat", 9_999L, "power", 900_000L), List.of("softwarePowerCap"), true);
        assertEquals("no", held.verdict(), "the power limit is what a GPU at work runs at");
        held.see(1_000_000, Map.of("heat", 10_001L), List.of(), true);
        assertEquals("yes", held.verdict());
        HeldClocks braked = new HeldClocks();
        braked.see(1_000_000, Map.of("heat", 0L), List.of("hardwarePowerBrake"), true);
        assertEquals("yes", braked.verdict());
    }

    @Test
    void aTimedBenchmarkRefusesADeviceThatOnlyPlaysOne() throws Exception {
        Emulator.require();
        Emulator.Ended ended =
                Emulator.run(folder, TimedOnEmulator.class, List.of("-Dridgepoint.driver=emulated"), List.of());
        assertEquals(0, ended.status(), ended.said());
        assertEquals("refused: Ridgepoint emulated only plays a device: what it runs has no time\n", ended.said());
    }
}
