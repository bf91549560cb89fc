package dev.ridgepoint.benchmarks.packaged;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn verify -Dridgepoint.suite=core -Dridgepoint.baseline=FOLDER}: the jar that was just built runs the suite, and
 * the build fails where the gate against the baseline is not clean. The suite is a name or a file of own shapes ({@code
 * .json}), the folder a device's under {@code results/baselines} or any bundle; paths are relative to the project. With
 * {@code -Dridgepoint.base-build=JAR} the gate has its second stage, and with {@code -Dgroups=gate} the build has this test
 * alone.
 */
@Tag("gate")
class GateTest {
    @Test
    void theSuiteIsNoSlowerThanTheBaseline() throws Exception {
        String suite = System.getProperty(MavenGate.SUITE);
        String baseline = System.getProperty(MavenGate.BASELINE);
        String why = "no gate was asked for: -D" + MavenGate.SUITE + "=core -D" + MavenGate.BASELINE + "=FOLDER does";
        if (suite == null && baseline == null) {
            System.out.println("Skipped: " + why);
        }
        assumeTrue(suite != null || baseline != null, why);
        assertTrue(
                suite != null && baseline != null,
                "a gate takes both -D" + MavenGate.SUITE + " and -D" + MavenGate.BASELINE);
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "gate-");
        new MavenGate(folder, System.out::println, System.getProperty(MavenGate.BASE_BUILD)).check(suite, baseline);
    }
}
