package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up builds and runs; a search that measures is in {@link BisectAloneTest}. */
class BisectTest {
    private static final String KERNEL = "gemm/fake_fp32_plain";

    @TempDir
    private Path folder;

    @Test
    void suspectsAreNamedFromTheJarsAloneAndNothingIsMeasured() throws IOException {
        String[] jars = {jar("1", "1", "a"), jar("2", "1", "a"), jar("3", "1", "b"), jar("4", "1", "b")};
        Cli.Answer answer = bisect(jars, "--case", KERNEL, "--no-measure");
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(answer.out().contains("between build 2 and 3: another fake_fp32_plain.fatbin"), answer.out());
        assertTrue(
                answer.out().contains("1 comparison at the most, where suspecting every build would take 3"),
                answer.out());
        String there = answer.out()
                .lines()
                .filter(line -> line.startsWith("there"))
                .findFirst()
                .orElseThrow();
        assertTrue(there.contains("ridgepoint bisect " + jars[0]) && !there.contains("--no-measure"), there);
        JsonNode plan = new JsonMapper()
                .readTree(bisect(jars, "--all", "--dry-run", "--json").out());
        assertEquals(1, plan.at("/cases/0/suspects").size());
        assertEquals(KERNEL, plan.at("/cases/0/case").asText());
    }

    @Test
    void oneKernelInAllBuildsIsNoSuspect() throws IOException {
        String[] jars = {jar("1", "1", "a"), jar("2", "slow", "a")};
        Cli.Answer answer = bisect(jars, "--case", KERNEL);
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(answer.out().contains("all builds have this kernel"), answer.out());
    }

    /** Which primitives of the same libraries a CPU kernel runs is told by classes. */
    @Test
    void aCpuKernelIsAlsoWhatCallsItsLibraries() throws IOException {
        String cpu = "softmax/cpu_fp32_onednn";
        String[] jars = {cpuJar("1", "once", "x"), cpuJar("2", "once", "y"), cpuJar("3", "twice", "y")};
        Cli.Answer answer = bisect(jars, "--case", cpu, "--no-measure");
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(answer.out().contains("between build 2 and 3: another dev/ridgepoint/device/cpu"), answer.out());
        assertFalse(answer.out().contains("between build 1 and 2"), answer.out());
    }

    /** The third build launches the same image in another way, and only its counts know. */
    @Test
    void countsTellWhatTheImageDoesNot() throws IOException {
        String[] builds = new String[3];
        for (int i = 0; i < builds.length; i++) {
            Path run = counted(i == 2 ? 900 : 300).build("" + (i + 1)).write(folder.resolve("counts" + i));
            builds[i] = jar("c" + i, "1", "a") + "," + run;
        }
        Cli.Answer answer = bisect(builds, "--case", "made/case1", "--no-measure");
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(
                answer.out()
                        .contains(
                                "between build 2 and 3: the same image; 1 count differs: warpInstructions 300 and 900"),
                answer.out());
        assertFalse(answer.out().contains("between build 1 and 2"), answer.out());
        Cli.Answer alone = bisect(
                Arrays.stream(builds)
                        .map(one -> one.substring(one.indexOf(',') + 1))
                        .toArray(String[]::new),
                "--case",
                "made/case1",
                "--no-measure");
        assertTrue(alone.out().contains("no digest in common; counts alike"), alone.out());
    }

    /** On a CPU a run names no image; that it is of the same jar is enough. */
    @Test
    void runsOfOneJarAreOneBuild() throws IOException {
        String[] runs = new String[3];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = new MadeRun()
                    .build(i == 2 ? "2" : "1")
                    .with(MadeCase.of(1, 5, 1000))
                    .write(folder.resolve("run" + i))
                    .toString();
        }
        Cli.Answer same = bisect(new String[] {runs[0], runs[1]}, "--all");
        assertEquals(0, same.status(), same.toString());
        assertTrue(same.out().contains("0 of 1 case can have become slower"), same.out());
        Cli.Answer other = bisect(runs, "--all", "--no-measure");
        assertFalse(other.out().contains("between build 1 and 2"), other.out());
        assertTrue(other.out().contains("between build 2 and 3: no digest in common"), other.out());
    }

    @Test
    void whatIsNoBuildOrNoListOfThemIsRefused() throws IOException {
        Path list = folder.resolve("list");
        try (RandomAccessFile sparse = new RandomAccessFile(list.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        String text = Files.writeString(folder.resolve("text"), "hello").toString();
        refused(2, text + ": no jar; a build is", new String[] {text, text}, "--all");
        refused(2, "--builds: " + folder + " is a folder", new String[] {}, "--all", "--builds", folder.toString());
        refused(2, "--builds: " + list + " is larger than", new String[] {}, "--all", "--builds", list.toString());
    }

    @Test
    void whatCannotBeSearchedIsRefusedInOneLine() throws IOException {
        String one = jar("1", "1", "a");
        refused(2, "expected a good build", new String[] {one}, "--case", KERNEL);
        refused(
                2,
                "no run has a case",
                new String[] {one, counted(1).write(folder.resolve("r")).toString()},
                "--case",
                "x");
        refused(3, "no such file", new String[] {one, "gone.jar"}, "--case", KERNEL);
        refused(2, "--case", new String[] {one, one});
    }

    /** A run alone says what changed; measuring it is for who has its jar, so that the answer is what to run and where. */
    @Test
    void aRunWithoutItsJarEndsWithTheSuspects() throws IOException {
        String[] runs = {
            counted(1).write(folder.resolve("a")).toString(),
            counted(2).write(folder.resolve("b")).toString()
        };
        Cli.Answer answer = bisect(runs, "--all");
        assertEquals(3, answer.status(), answer.toString());
        assertTrue(answer.out().contains("suspect  between build 1 and 2"), answer.out());
        assertTrue(answer.out().contains("name its jar too"), answer.out());
        assertTrue(answer.out().contains("there   ridgepoint bisect"), answer.out());
    }

    private static void refused(int status, String why, String[] builds, String... options) {
        Cli.Answer answer = bisect(builds, options);
        assertEquals(status, answer.status(), answer.toString());
        assertTrue(answer.error().contains(why), answer.err());
        assertEquals(1, answer.error().lines().count(), answer.err());
    }

    private static Cli.Answer bisect(String[] builds, String... options) {
        List<String> words = new ArrayList<>(List.of("bisect"));
        words.addAll(List.of(builds));
        words.addAll(List.of(options));
        return Cli.run(words.toArray(String[]::new));
    }

    private static MadeRun counted(long instructions) {
        Correctness right = new Correctness(
                true, "full", 1024, 2, 0, 1e-7, 1e-7, 1e-7, 1e-7, 1, 60.0, 0, 0.1, "relFrobenius", "a bound");
        return new MadeRun()
                .with(MadeCase.of(1, 5, 1e6)
                        .by(KERNEL)
                        .ending(new Outcome.Simulated(
                                Map.of("warpInstructions", instructions, "sectors", 40L), right)));
    }

    private String cpuJar(String name, String assembly, String elsewhere) throws IOException {
        Map<String, String> entries = Map.of(
                "dev/ridgepoint/device/cpu/lib/linux-x86_64/libridgepointcpu.so",
                "the same",
                "dev/ridgepoint/device/cpu/rows/OneDnnRows.class",
                assembly,
                "dev/ridgepoint/benchmarks/cli/Main.class",
                elsewhere);
        return SideJar.write(folder.resolve(name + ".jar"), name, entries).toString();
    }

    /** A jar that names a build and holds an image of the kernel. */
    private String jar(String name, String build, String image) throws IOException {
        return SideJar.write(folder.resolve(name + ".jar"), build, Map.of("kernels/" + KERNEL + ".fatbin", image))
                .toString();
    }
}
