package dev.ridgepoint.benchmarks.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The gate of {@code mvn verify}: the jar that was just built runs a suite, and what it measured is held against a baseline.
 * What that calls or leaves open is decided on fresh forks of both builds, where the baseline's is at hand.
 *
 * @param folder where the runs go
 * @param said where the jar's words go
 * @param baseBuild jar or checkout that the baseline was measured with, relative to the project; null gates in one stage
 */
record MavenGate(Path folder, Redirect said, String baseBuild) {
    static final String SUITE = "ridgepoint.suite";
    static final String BASELINE = "ridgepoint.baseline";
    static final String BASE_BUILD = "ridgepoint.base-build";

    private static final String SHAPES = ".json";
    private static final int CLEAN = 0;
    private static final int NOT_CLEAN = 1;

    /**
     * Runs and judges.
     *
     * @param suite a suite's name, or a file of own shapes
     * @param baseline folder of a device's baseline or of a run
     */
    void check(String suite, String baseline) throws IOException, InterruptedException {
        Path base = found(baseline);
        judge(base, run(suite));
    }

    /** The suite's fresh bundle. */
    Path run(String suite) throws IOException, InterruptedException {
        Path run = folder.resolve("run");
        List<String> which =
                suite.endsWith(SHAPES) ? List.of("--shapes", fromProject(suite).toString()) : List.of("--suite", suite);
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(which);
        words.addAll(List.of("--out", run.toString()));
        assertEquals(0, ridgepoint(words.toArray(String[]::new)), "the run failed");
        return run;
    }

    /** Fails where the gate is not clean. */
    void judge(Path base, Path run) throws IOException, InterruptedException {
        int first = ridgepoint("compare", base.toString(), run.toString(), "--gate");
        if (first != NOT_CLEAN || baseBuild == null) {
            String how = first == NOT_CLEAN
                    ? "; -D" + BASE_BUILD + "=JAR decides such cases on fresh forks of both builds"
                    : "";
            assertEquals(CLEAN, first, "the gate is not clean; the run is in " + run + how);
            return;
        }
        Path fresh = folder.resolve("confirmed");
        String build = fromProject(baseBuild).toString();
        int second = ridgepoint(
                "confirm", base.toString(), run.toString(), "--base-build", build, "--out", fresh.toString());
        assertEquals(
                CLEAN,
                second,
                "the gate is not clean in two stages; the run is in " + run + ", fresh forks in " + fresh);
    }

    private static Path found(String baseline) {
        Path base = fromProject(baseline);
        assertTrue(Files.isDirectory(base), "no such baseline: " + base);
        return base;
    }

    /** Tests run in the module's folder, and the user stands in the project's. */
    private static Path fromProject(String path) {
        return Path.of("..").toAbsolutePath().resolve(path).normalize();
    }

    /** Runs the jar and says how it ended. */
    int ridgepoint(String... arguments) throws IOException, InterruptedException {
        Path jar = Path.of("target", "benchmarks.jar").toAbsolutePath();
        assertTrue(Files.exists(jar), "packaging comes first: " + jar);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start()
                .waitFor();
    }
}
