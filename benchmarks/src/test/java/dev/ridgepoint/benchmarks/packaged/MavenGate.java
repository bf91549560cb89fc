package dev.ridgepoint.benchmarks.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.baseline.Baselines;
import dev.ridgepoint.analysis.compare.Gate;
import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The gate of {@code mvn verify}: the jar that was just built runs a suite, and what it measured is held against a baseline.
 * What that calls or leaves open is decided on fresh forks of both builds, where the baseline's is at hand.
 *
 * @param folder where the runs go
 * @param said where the jar's lines go, as they come
 * @param baseBuild jar or checkout that the baseline was measured with, relative to the project; null gates in one stage
 */
record MavenGate(Path folder, Consumer<String> said, String baseBuild) {
    static final String SUITE = "ridgepoint.suite";
    static final String BASELINE = "ridgepoint.baseline";
    static final String BASE_BUILD = "ridgepoint.base-build";

    private static final String SHAPES = ".json";
    private static final Path JAR = Path.of("benchmarks", "target", "benchmarks.jar");
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
        if (baseBuild != null) {
            isOf(base);
        }
        judge(base, run(suite, forks(base)));
    }

    /** As many as the baseline has: with others it would be another protocol. */
    private static int forks(Path base) throws IOException {
        int forks = BundleReader.open(Baselines.bundle(base)).run().protocol().forks();
        assertTrue(
                forks >= Gate.LEAST_FORKS,
                base + " has " + forks + " forks a case, and a gate takes " + Gate.LEAST_FORKS
                        + ": measure it with 'run --forks " + Gate.LEAST_FORKS + "'");
        return forks;
    }

    /** Asked before anything is measured: a run of hours is for nothing where its second stage cannot run. */
    private void isOf(Path base) throws IOException {
        Path named = fromProject(baseBuild);
        Path jar = Files.isDirectory(named) ? named.resolve(JAR) : named;
        assertTrue(Files.isRegularFile(jar), "no such build of the base: " + jar);
        String measured =
                BundleReader.open(Baselines.bundle(base)).context().build().jarSha256();
        assertEquals(measured, BuildInfo.digest(jar), jar + " is not the build that measured " + base);
    }

    /** The suite's fresh bundle, of so many forks a case. */
    Path run(String suite, int forks) throws IOException, InterruptedException {
        Path run = folder.resolve("run");
        List<String> which =
                suite.endsWith(SHAPES) ? List.of("--shapes", fromProject(suite).toString()) : List.of("--suite", suite);
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(which);
        words.addAll(List.of("--forks", Integer.toString(forks), "--out", run.toString()));
        assertEquals(0, ridgepoint(words.toArray(String[]::new)), "the run failed");
        return run;
    }

    /** Fails where the gate is not clean, or could not be asked. A clean first stage may rest on what it flagged as faster. */
    void judge(Path base, Path run) throws IOException, InterruptedException {
        int first = ridgepoint("compare", base.toString(), run.toString(), "--gate");
        boolean asked = first == CLEAN || first == NOT_CLEAN;
        if (!asked || baseBuild == null) {
            String how = "; -D" + BASE_BUILD + "=JAR decides such cases on fresh forks of both builds";
            assertEquals(CLEAN, first, outcome(first, "is not clean", how) + "; the run is in " + run);
            return;
        }
        Path fresh = folder.resolve("confirmed");
        String build = fromProject(baseBuild).toString();
        int second = ridgepoint(
                "confirm", base.toString(), run.toString(), "--base-build", build, "--out", fresh.toString());
        assertEquals(
                CLEAN,
                second,
                outcome(second, "is not clean in two stages", "") + "; the run is in " + run + ", fresh forks in "
                        + fresh);
    }

    /** A gate that could not be asked is not one that found something. */
    private static String outcome(int status, String notClean, String how) {
        return status == NOT_CLEAN ? "the gate " + notClean + how : "the gate could not be asked, as is said above";
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
        // Where the user stood who measured the baseline: its second stage finds own shapes by the words it was asked
        // with.
        Process process = new ProcessBuilder(command)
                .directory(fromProject("").toFile())
                .redirectErrorStream(true)
                .start();
        // Maven talks to a test's JVM through its own streams, and what a child writes there directly is lost.
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(said);
        }
        return process.waitFor();
    }
}
