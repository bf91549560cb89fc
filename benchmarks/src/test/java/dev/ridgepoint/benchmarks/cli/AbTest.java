package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command on the fake device, and every way to name a side. */
class AbTest {
    @TempDir
    private Path folder;

    /** Side B differs in its build and in a setting: its plan, its context and its forks must come from that jar. */
    @Test
    void anotherBuildRunsItsOwnForksAndCompareSaysTheSameAgain() throws IOException {
        Path out = folder.resolve("out");
        List<String> words = new ArrayList<>(List.of(
                "ab",
                "this",
                "jar=" + SideJar.write(folder.resolve("other.jar"), "2", Map.of()) + ",threads=2",
                "--backend",
                "fake",
                "--shapes",
                OwnShapes.file(folder, 5).toString(),
                "--precision",
                "50%",
                "--most-forks",
                "5",
                "--out",
                out.toString(),
                "--json"));
        words.addAll(Brief.WORDS);
        Cli.Answer answer = Cli.run(words.toArray(String[]::new));
        assertEquals(0, answer.status(), answer.toString());
        CaseResult a = BundleReader.open(out.resolve("a")).allCases().get(0);
        CaseResult b = BundleReader.open(out.resolve("b")).allCases().get(0);
        assertEquals("java", a.subject().implementation());
        assertEquals("java of build 2", b.subject().implementation(), "the forks' class path");
        assertEquals(
                "2",
                BundleReader.open(out.resolve("b"))
                        .context()
                        .software()
                        .backend()
                        .get("fake"));
        assertEquals(2, BundleReader.open(out.resolve("b")).run().protocol().threads());
        assertEquals(5, a.timing().forks().size());
        assertEquals(5, b.timing().forks().size());
        for (String side : List.of("a", "b")) {
            assertEquals(List.of(), BundleValidator.validate(out.resolve(side)));
            assertTrue(BundleReader.open(out.resolve(side)).run().complete());
        }
        Cli.Answer alone = Cli.run("report", out.resolve("a").toString());
        assertTrue(alone.out().contains("+ratio50%of5"), alone.out());
        String again = answer.err()
                .lines()
                .filter(line -> line.startsWith("again   ridgepoint "))
                .findFirst()
                .orElseThrow()
                .substring("again   ridgepoint ".length());
        JsonNode later = new JsonMapper()
                .readTree(Cli.run((again + " --json").split(" ")).out());
        assertEquals(new JsonMapper().readTree(answer.out()), later);
        assertTrue(again.contains("--allow PROTOCOL_DIFFERS"), "threads belong to a protocol: " + again);
        assertTrue(
                answer.err().contains("allowed PROTOCOL_DIFFERS, unasked: threads are what A and B differ in"),
                answer.err());
        assertEquals("OVERRIDDEN", reasonOf(later, "OVERRIDDEN"));
    }

    private static String reasonOf(JsonNode comparison, String wanted) {
        for (JsonNode reason : comparison.at("/cases/0/reasons")) {
            if (reason.asText().equals(wanted)) {
                return wanted;
            }
        }
        return comparison.toString();
    }

    @Test
    void aSideIsToldByItsValueOrByName() throws IOException {
        Path jar = Files.createFile(folder.resolve("old.jar"));
        assertEquals(jar, AbSide.parse(jar.toString()).build());
        Path checkout = Files.createDirectories(folder.resolve("checkout"));
        Path built =
                Files.createDirectories(checkout.resolve("benchmarks/target")).resolve("benchmarks.jar");
        assertEquals(3, refused(checkout.toString()), "a checkout that is not built");
        Files.createFile(built);
        assertEquals(built, AbSide.parse(checkout.toString()).build());
        assertEquals(Map.of("--backend", "jni"), AbSide.parse("jni").runOptions());
        assertEquals(
                Map.of("--kernel", "gemm/cpu_fp32_native"),
                AbSide.parse("gemm/cpu_fp32_native").runOptions());
        AbSide several = AbSide.parse("jcuda,threads=2,jvmArgs=-XX:+UseParallelGC");
        assertEquals(Map.of("--backend", "jcuda", "--threads", "2"), several.runOptions());
        assertEquals("-XX:+UseParallelGC", several.jvmArgs());
        assertEquals(Map.of(), AbSide.parse("this").runOptions());
        RunArguments common = new RunArguments(
                List.of(Map.entry("--threads", "1"), Map.entry("--suite", "smoke")), List.of("-i", "3"));
        assertEquals(
                List.of(
                        "run",
                        "--suite",
                        "smoke",
                        "--backend",
                        "jcuda",
                        "--threads",
                        "2",
                        "--",
                        "-i",
                        "3",
                        "-jvmArgsAppend",
                        "-XX:+UseParallelGC"),
                common.of(several, List.of("run")));
    }

    @Test
    void whatIsNoSideIsRefusedInOneLine() {
        for (String side : List.of("", "nonsense", "seed=2", "threads=1,threads=2", "a,b", "gemm")) {
            assertEquals(2, refused(side), side);
        }
        assertEquals(3, refused("gone.jar"));
        assertEquals(2, refused("gone.json"));
        Path out = folder.resolve("out");
        assertEquals(
                2,
                Cli.run("ab", "this", "this", "--aim", "80%", "--out", out.toString())
                        .status());
        assertTrue(Files.notExists(out), "what is refused leaves nothing behind");
        Cli.Answer few = Cli.run("ab", "threads=1", "threads=2", "--forks", "3", "--out", out.toString());
        assertEquals(2, few.status(), few.toString());
        assertTrue(few.err().contains("which 'ab' always has, got 3"), few.err());
        assertEquals(
                2,
                Cli.run("ab", "this", "this", "--precision", "2%", "--aim", "2%")
                        .status());
    }

    @Test
    void aSideIsAValidBundleWithoutForksAndDoesNotGoOnAlone() throws IOException {
        Path bundle = folder.resolve("side");
        String shapes = OwnShapes.file(folder, 5).toString();
        String[] words = {
            "run", "--prepare-side", "--backend", "fake", "--shapes", shapes, "--out", bundle.toString(), "--aim", "2%"
        };
        Cli.Answer prepared = Cli.run(words);
        assertEquals(0, prepared.status(), prepared.toString());
        assertEquals(List.of(), BundleValidator.validate(bundle));
        Cli.Answer alone = Cli.run("run", "--resume", bundle.toString());
        assertEquals(2, alone.status());
        assertTrue(alone.error().contains("take turns"), alone.error());
        assertEquals(2, Cli.run(Arrays.copyOf(words, words.length - 2)).status(), "without an aim");
    }

    private int refused(String side) {
        Cli.Answer answer =
                Cli.run("ab", "this", side, "--out", folder.resolve("none").toString());
        assertEquals(1, answer.error().lines().count(), answer.toString());
        assertTrue(Files.notExists(folder.resolve("none")), "nothing is begun");
        return answer.status();
    }
}
