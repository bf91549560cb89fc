package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.benchmarks.gate.DirectedProblems;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.CudaSurvey;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.workload.Suites;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code mvn verify} does where there is an idle GPU: its gates, and a short measurement, within three minutes. What the gates
 * have no time for is counted as skipped; {@code ridgepoint verify} asks it all. Elsewhere one line.
 */
class OnGpuTest {
    @TempDir
    private Path folder;

    @Test
    void gatesPassAndASmokeMeasurementIsValid() throws Exception {
        Optional<String> refusal = whyNot();
        refusal.ifPresent(why -> System.out.println("No GPU: " + leftOut() + " were left out (" + why + ")"));
        assumeTrue(refusal.isEmpty(), () -> refusal.orElseThrow());

        Emulator.Ended gates = Emulator.run(
                folder, Main.class, List.of(), List.of("verify", "--backend", "jni", "--time-budget", "80s"));
        assertEquals(0, gates.status(), gates.said());

        Path bundle = folder.resolve("smoke");
        Emulator.Ended smoke = Emulator.run(
                folder,
                Main.class,
                List.of(),
                List.of(
                        "run",
                        "--backend",
                        "jni",
                        "--suite",
                        "smoke",
                        "--forks",
                        "1",
                        "--time-budget",
                        "90s",
                        "--out",
                        bundle.toString()));
        assertEquals(0, smoke.status(), smoke.said());
        assertEquals(List.of(), BundleValidator.validate(bundle));
        assertEquals("gpu", BundleReader.open(bundle).context().device().kind());
        assertTrue(smoke.said().contains("device-event"), smoke.said());
    }

    /** Asked without starting anything on a device. */
    private static Optional<String> whyNot() {
        if (!Gpu.driverIsInstalled()) {
            return Optional.of("no CUDA driver is installed");
        }
        try {
            CudaSurvey survey = CudaSurvey.ofSystem();
            boolean idle =
                    survey.devices().stream().anyMatch(gpu -> gpu.occupants().isEmpty());
            return idle
                    ? Optional.empty()
                    : Optional.of("no device of " + survey.devices().size() + " is idle");
        } catch (DeviceException noDriver) {
            return Optional.of(noDriver.getMessage());
        }
    }

    private static String leftOut() {
        return "the gates of " + CudaKernels.rows().size() + " kernels on "
                + DirectedProblems.all().size() + " problems, and "
                + Suites.of("smoke", "cuda").size()
                + " measurements of suite smoke";
    }
}
