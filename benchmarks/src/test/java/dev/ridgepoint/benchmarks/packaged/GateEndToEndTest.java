package dev.ridgepoint.benchmarks.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.ridgepoint.benchmarks.cli.MadeGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate of {@code mvn verify} from a baseline to a build that passes, and to builds that must not. */
class GateEndToEndTest {
    /** One small product, so that a run takes seconds. A smaller one takes longer: a cache holds thousands of its sets of buffers. */
    private static final String SMALL = """
            [{"id": "small", "op": "gemm", "precision": "fp32", "shape": {"M": 16, "N": 1024, "K": 1024}}]
            """;

    @TempDir
    private Path folder;

    private final StringBuilder said = new StringBuilder();

    private MavenGate gate() {
        return new MavenGate(folder, line -> said.append(line).append('\n'), null);
    }

    /** A build is its own control, however busy the machine: the same jar asked the same is IDENTICAL. */
    @Test
    void aBuildPassesAgainstItsOwnBaseline() throws Exception {
        Path small = Files.writeString(folder.resolve("small.json"), SMALL);
        Path first = new MavenGate(folder.resolve("first"), gate().said(), null).run(small.toString(), 5);
        Path root = folder.resolve("baselines");
        int set = gate().ridgepoint("baseline", "--root", root.toString(), "set", first.toString());
        boolean dirty = words().contains("is no baseline: the working tree was dirty");
        if (dirty && System.getenv("CI") == null) {
            System.out.println("Skipped: a clean gate: the working tree is dirty, and what it measures is no baseline");
            abort("the working tree is dirty");
        }
        assertEquals(0, set, words());
        Path baseline;
        try (var devices = Files.list(root)) {
            baseline = devices.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        gate().check(small.toString(), baseline.toString());
        assertTrue(words().contains("IDENTICAL"), words());
    }

    @Test
    void aPlantedSlowdownFailsTheBuildAndIsNamed() throws Exception {
        Path base = MadeGate.bundle(folder.resolve("base"), "1", 1000, 2000);
        Path slower = MadeGate.bundle(folder.resolve("slower"), "2", 1000, 2200);
        notClean(base, slower, "SLOWER", "made/case2", "1 case slower");
    }

    /** What fresh forks decide is another test's: here, that they are asked for, and that a gate without them is not clean. */
    @Test
    void aSlowdownIsAskedAgainOfTheBuildOfTheBase() throws Exception {
        Path base = MadeGate.bundle(folder.resolve("base"), "1", 1000, 2000);
        Path slower = MadeGate.bundle(folder.resolve("slower"), "2", 1000, 2200);
        Path jar = Files.writeString(folder.resolve("base.jar"), "of nobody");
        MavenGate staged = new MavenGate(folder, gate().said(), jar.toString());
        AssertionError error = assertThrows(AssertionError.class, () -> staged.judge(base, slower));
        assertTrue(error.getMessage().contains("the gate could not be asked"), error.getMessage());
        assertTrue(words().contains(jar + " is not the build of"), words());
    }

    /** A clean first stage may rest on what it flagged as faster, so that is asked again too. */
    @Test
    void whatIsFlaggedAsFasterIsAskedAgainAlthoughTheFirstStageIsClean() throws Exception {
        Path base = MadeGate.bundle(folder.resolve("base"), "1", 1000, 2000);
        Path faster = MadeGate.bundle(folder.resolve("faster"), "2", 1000, 1800);
        gate().judge(base, faster);
        assertTrue(words().contains("1 case that it flagged or could not tell waits for fresh forks"), words());
        Path jar = Files.writeString(folder.resolve("base.jar"), "of nobody");
        MavenGate staged = new MavenGate(folder, gate().said(), jar.toString());
        assertThrows(AssertionError.class, () -> staged.judge(base, faster));
        assertTrue(words().contains(jar + " is not the build of"), words());
    }

    /** Before an hour is spent on the run. */
    @Test
    void aBuildThatIsNotTheBasesIsRefusedBeforeAnythingRuns() throws Exception {
        Path base = MadeGate.bundle(folder.resolve("base"), "1", 1000, 2000);
        Path jar = Files.writeString(folder.resolve("base.jar"), "of nobody");
        MavenGate staged = new MavenGate(folder, gate().said(), jar.toString());
        AssertionError error = assertThrows(AssertionError.class, () -> staged.check("smoke", base.toString()));
        assertTrue(error.getMessage().contains(jar + " is not the build that measured " + base), error.getMessage());
        assertTrue(Files.notExists(folder.resolve("run")), "nothing is measured for it");
    }

    @Test
    void aBaselineOfTooFewForksIsRefusedBeforeAnythingRuns() throws Exception {
        Path small = Files.writeString(folder.resolve("small.json"), SMALL);
        Path base = new MavenGate(folder.resolve("base"), gate().said(), null).run(small.toString(), 2);
        AssertionError error =
                assertThrows(AssertionError.class, () -> gate().check(small.toString(), base.toString()));
        assertTrue(error.getMessage().contains("has 2 forks a case, and a gate takes 5"), error.getMessage());
        assertTrue(Files.notExists(folder.resolve("run")), "nothing is measured for it");
    }

    @Test
    void runsThatCannotBeComparedAreNoGate() throws Exception {
        Path base = MadeGate.bundle(folder.resolve("base"), "1", 1000);
        Path none = Files.createDirectory(folder.resolve("none"));
        AssertionError error = assertThrows(AssertionError.class, () -> gate().judge(base, none));
        assertTrue(error.getMessage().contains("the gate could not be asked"), error.getMessage());
        assertTrue(error.getMessage().contains("but was: <2>"), error.getMessage());
    }

    @Test
    void aLostCaseFailsTheBuildAndIsCounted() throws Exception {
        Path base = MadeGate.bundle(folder.resolve("base"), "1", 1000, 2000);
        Path fewer = MadeGate.bundle(folder.resolve("fewer"), "2", 1000);
        notClean(base, fewer, "1 case measured in the base and not in the candidate");
    }

    @Test
    void aBuildWithoutItsBaselineSaysWhereItLooked() {
        AssertionError error = assertThrows(AssertionError.class, () -> gate().check("smoke", "none/such"));
        assertTrue(error.getMessage().contains("no such baseline: "), error.getMessage());
        assertTrue(Files.notExists(folder.resolve("run")), "nothing is measured for it");
    }

    private void notClean(Path base, Path run, String... words) throws IOException {
        AssertionError error = assertThrows(AssertionError.class, () -> gate().judge(base, run));
        assertTrue(
                error.getMessage().contains("the gate is not clean; -Dridgepoint.base-build=JAR decides"),
                error.getMessage());
        assertTrue(error.getMessage().contains("but was: <1>"), error.getMessage());
        for (String word : words) {
            assertTrue(words().contains(word), word + " is not in\n" + words());
        }
    }

    private String words() {
        return said.toString();
    }
}
