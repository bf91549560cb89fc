package dev.ridgepoint.benchmarks.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn verify -Dridgepoint.suite=core -Dridgepoint.baseline=FOLDER}: the jar that was just built runs the suite, and
 * the build fails where the gate against the baseline is not clean. The folder is a device's under
 * {@code results/baselines}, or any bundle; relative to the project.
 */
class GateTest {
    private static final String SUITE = "ridgepoint.suite";
    private static final String BASELINE = "ridgepoint.baseline";

    @Test
    void theSuiteIsNoSlowerThanTheBaseline() throws Exception {
        String suite = System.getProperty(SUITE);
        String baseline = System.getProperty(BASELINE);
        String why = "no gate was asked for: -D" + SUITE + "=core -D" + BASELINE + "=FOLDER does";
        if (suite == null && baseline == null) {
            System.out.println("Skipped: " + why);
        }
        assumeTrue(suite != null || baseline != null, why);
        assertTrue(suite != null && baseline != null, "a gate takes both -D" + SUITE + " and -D" + BASELINE);
        // Tests run in the module's folder, and the user stands in the project's.
        Path base = Path.of("..").toAbsolutePath().resolve(baseline).normalize();
        assertTrue(Files.isDirectory(base), "no such baseline: " + base);

        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "gate-");
        Path run = folder.resolve("run");
        assertEquals(0, ridgepoint("run", "--suite", suite, "--out", run.toString()), "the run failed");
        assertEquals(
                0,
                ridgepoint("compare", base.toString(), run.toString(), "--gate"),
                "the gate is not clean; the run is in " + run);
    }

    private static int ridgepoint(String... arguments) throws IOException, InterruptedException {
        Path jar = Path.of("target", "benchmarks.jar").toAbsolutePath();
        assertTrue(Files.exists(jar), "packaging comes first: " + jar);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
