package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.benchmarks.fake.FakeDevice;
import dev.ridgepoint.benchmarks.fake.Saboteur;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on the fake device, through JMH's real forks. */
class RunTest {
    @TempDir
    private Path folder;

    /** In a locale that writes decimal commas: here, and in the forks. */
    @Test
    void goesOnPastKernelsThatAreWrongRefusedOrCrash() throws IOException {
        Path bundle = folder.resolve("run");
        long saboteur = FakeDevice.SABOTEURS + Saboteur.RIGHT_UNTIL_TIMED.ordinal();
        Path shapes = OwnShapes.file(folder, 5, FakeDevice.ABORTS, FakeDevice.REFUSED, saboteur);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            Cli.Answer answer = run(
                    List.of("--shapes", shapes.toString(), "--forks", "2", "--out", bundle.toString()),
                    List.of("-jvmArgsAppend", "-Duser.language=de -Duser.country=DE"));
            assertEquals(1, answer.status(), answer.toString());
            assertTrue(answer.out().startsWith("CPU, not GPU"), answer.out());
            assertTrue(answer.err().contains("4 cases x 2 forks,"), answer.err());
        } finally {
            Locale.setDefault(before);
        }

        assertValid(bundle);
        Map<String, CaseResult> cases = cases(bundle);
        CaseResult good = cases.get("m5:cpu-call:cold");
        Outcome.Measured measured = assertInstanceOf(Outcome.Measured.class, good.outcome());
        assertEquals(2, measured.timing().forks().size());
        assertTrue(measured.correctness().passed());
        assertEquals(5, measured.correctness().buffers(), "twice 4096 bytes of cache, 1724 bytes a set");
        assertEquals("java", good.subject().implementation());
        assertFalse(good.validity().enoughForks(), "2 of at least 3");

        Outcome.Failed crashed = assertInstanceOf(
                Outcome.Failed.class, cases.get("m134:cpu-call:cold").outcome());
        assertTrue(crashed.reason().contains("134 (aborted): fake_kernel: assertion failed"), crashed.reason());
        Outcome.Skipped refused = assertInstanceOf(
                Outcome.Skipped.class, cases.get("m77:cpu-call:cold").outcome());
        assertEquals("the library would run ref:any", refused.reason());
        Outcome.Incorrect wrong = assertInstanceOf(
                Outcome.Incorrect.class,
                cases.get("m" + saboteur + ":cpu-call:cold").outcome());
        assertTrue(wrong.reason().contains(Saboteur.RIGHT_UNTIL_TIMED.reason()), wrong.reason());

        assertOneMergedEntryWithBothForks(bundle);
        assertIterationsWithWarmup(bundle);
    }

    /** Each in its own fork, so that the next case has a living process and a device of its own. */
    @Test
    void goesOnPastForksThatAreKilledOrLoseTheirDevice() throws IOException {
        Path bundle = folder.resolve("run");
        Path shapes = OwnShapes.file(folder, FakeDevice.KILLED, FakeDevice.LOSES_DEVICE, 5);
        Cli.Answer answer = run(List.of("--shapes", shapes.toString(), "--forks", "1", "--out", bundle.toString()));
        assertEquals(1, answer.status(), answer.toString());
        assertValid(bundle);
        Map<String, CaseResult> cases = cases(bundle);
        Outcome.Failed killed = assertInstanceOf(
                Outcome.Failed.class, cases.get("m137:cpu-call:cold").outcome());
        assertTrue(killed.reason().contains("137 (killed)"), killed.reason());
        Outcome.Failed lost = assertInstanceOf(
                Outcome.Failed.class, cases.get("m157:cpu-call:cold").outcome());
        assertTrue(lost.reason().contains("illegal address"), lost.reason());
        assertInstanceOf(Outcome.Measured.class, cases.get("m5:cpu-call:cold").outcome());
    }

    private static void assertOneMergedEntryWithBothForks(Path bundle) throws IOException {
        JsonNode merged = new JsonMapper().readTree(bundle.resolve("jmh.json").toFile());
        assertEquals(1, merged.size());
        assertEquals(2, merged.at("/0/forks").asInt());
        assertEquals("m5:cpu-call:cold", merged.at("/0/params/caseId").asText());
        assertEquals(2, merged.at("/0/primaryMetric/rawData").size());
        assertEquals(3, merged.at("/0/primaryMetric/rawData/0").size());
        assertFalse(merged.toString().contains(".work"), "no path of a fork's own in the merged file");
    }

    private static void assertIterationsWithWarmup(Path bundle) throws IOException {
        List<IterationLine> lines = iterations(bundle);
        assertEquals(2 * 4, lines.size(), "no line of a kernel that did not pass");
        assertEquals(2, lines.stream().filter(IterationLine::warmup).count());
        assertTrue(lines.stream().allMatch(line -> line.nsPerOp() > 0 && line.ops() > 0));
    }

    @Test
    void killsAForkThatHangsAndSaysSo() throws IOException {
        Path bundle = folder.resolve("run");
        Path shapes = OwnShapes.file(folder, FakeDevice.HANGS);
        Cli.Answer answer = run(List.of(
                "--shapes", shapes.toString(), "--forks", "1", "--case-timeout", "2s", "--out", bundle.toString()));
        assertEquals(1, answer.status(), answer.toString());
        Outcome.Failed hung = assertInstanceOf(
                Outcome.Failed.class, cases(bundle).get("m99:cpu-call:cold").outcome());
        assertTrue(hung.reason().contains("--case-timeout"), hung.reason());
        assertValid(bundle);
        assertTrue(ProcessHandle.current().children().noneMatch(RunTest::isFork), "no fork survives");
    }

    private static boolean isFork(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("ridgepoint.fork");
    }

    @Test
    void losesNoFinishedForkWhenKilledAndGoesOnFromThere() throws Exception {
        Path bundle = folder.resolve("run");
        Path shapes = OwnShapes.file(folder, 5, 6);
        List<String> arguments = new ArrayList<>(List.of(
                "run", "--backend", "fake", "--shapes", shapes.toString(), "--forks", "2", "--out", bundle.toString()));
        arguments.addAll(Brief.WORDS);
        Process process = Cli.start(folder.resolve("log"), List.of(), arguments.toArray(String[]::new));
        while (process.isAlive() && parts(bundle) < 2) {
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        int finished = parts(bundle);
        assertTrue(finished >= 2 && finished < 4, "killed in the middle: " + finished);
        assertValid(bundle);
        assertEquals("partial", BundleReader.open(bundle).run().status());
        assertTrue(Cli.run("report", bundle.toString()).out().contains("PARTIAL"));
        Set<String> linesBefore = new HashSet<>();
        iterations(bundle).forEach(line -> linesBefore.add(line.toString()));

        Cli.Answer resumed = Cli.run("run", "--resume", bundle.toString());
        assertEquals(0, resumed.status(), resumed.toString());
        assertValid(bundle);
        BundleReader reader = BundleReader.open(bundle);
        assertEquals("complete", reader.run().status());
        assertEquals(1, reader.run().resumed().size());
        assertEquals(2, reader.allCases().size());
        Set<String> linesAfter = new HashSet<>();
        iterations(bundle).forEach(line -> linesAfter.add(line.toString()));
        assertTrue(linesAfter.containsAll(linesBefore), "what was measured before the kill is still there");
        assertEquals(2 * 2 * 4, linesAfter.size());
        assertFalse(Files.exists(bundle.resolve(".work")));
        assertTrue(lastStart(bundle, 0) < firstStart(bundle, 1), "every case's first fork ran before any second");

        Cli.Answer again = Cli.run("run", "--resume", bundle.toString());
        assertEquals(2, again.status());
        assertEquals(1, again.error().lines().count(), again.error());
    }

    @Test
    void partsOfAPlanMergeIntoTheWhole() throws IOException {
        Path shapes = OwnShapes.file(folder, 5, 6);
        List<String> parts = new ArrayList<>();
        for (String shard : List.of("1/2", "2/2")) {
            Path bundle = folder.resolve("part" + parts.size());
            Cli.Answer answer = run(List.of(
                    "--shapes", shapes.toString(), "--forks", "1", "--shard", shard, "--out", bundle.toString()));
            assertEquals(0, answer.status(), answer.toString());
            assertEquals(1, cases(bundle).size());
            parts.add(bundle.toString());
        }
        Path whole = folder.resolve("whole");
        Cli.Answer merged = Cli.run("merge", whole.toString(), parts.get(1), parts.get(0), "--json");
        assertEquals(0, merged.status(), merged.toString());
        assertEquals(
                "complete",
                new JsonMapper().readTree(merged.out()).path("status").asText());
        assertEquals(
                Set.of("m5:cpu-call:cold", "m6:cpu-call:cold"), cases(whole).keySet());
        assertValid(whole);
        assertTrue(Files.exists(whole.resolve("report.html")));

        Cli.Answer half = Cli.run("merge", folder.resolve("half").toString(), parts.get(0));
        assertEquals(0, half.status(), half.toString());
        assertEquals("partial", BundleReader.open(folder.resolve("half")).run().status());
    }

    @Test
    void stopsAtTheTimeBudgetAndSaysHowToGoOn() throws IOException {
        Path bundle = folder.resolve("run");
        Path shapes = OwnShapes.file(folder, 5, 6, 7, 8, 9);
        Cli.Answer answer = run(List.of(
                "--shapes", shapes.toString(), "--forks", "40", "--time-budget", "1s", "--out", bundle.toString()));
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(answer.err().contains("run --resume " + bundle), answer.err());
        assertEquals("partial", BundleReader.open(bundle).run().status());
        assertValid(bundle);
    }

    private Cli.Answer run(List<String> options) {
        return run(options, List.of());
    }

    private static Cli.Answer run(List<String> options, List<String> jmhOptions) {
        List<String> arguments = new ArrayList<>(List.of("run", "--backend", "fake"));
        arguments.addAll(options);
        arguments.addAll(Brief.WORDS);
        arguments.addAll(jmhOptions);
        return Cli.run(arguments.toArray(String[]::new));
    }

    private static void assertValid(Path bundle) {
        List<Finding> errors = BundleValidator.validate(bundle).stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
        assertEquals(List.of(), errors);
    }

    private static Map<String, CaseResult> cases(Path bundle) throws IOException {
        Map<String, CaseResult> cases = new TreeMap<>();
        BundleReader.open(bundle).cases(result -> cases.put(result.id(), result));
        return cases;
    }

    private static List<IterationLine> iterations(Path bundle) throws IOException {
        List<IterationLine> lines = new ArrayList<>();
        BundleReader.open(bundle).iterations(lines::add);
        return lines;
    }

    private static long lastStart(Path bundle, int fork) throws IOException {
        return starts(bundle, fork).max().orElseThrow();
    }

    private static long firstStart(Path bundle, int fork) throws IOException {
        return starts(bundle, fork).min().orElseThrow();
    }

    private static LongStream starts(Path bundle, int fork) throws IOException {
        return iterations(bundle).stream()
                .filter(line -> line.fork() == fork)
                .mapToLong(IterationLine::startEpochMicros);
    }

    private static int parts(Path bundle) {
        String[] names = bundle.resolve("raw").toFile().list((dir, name) -> name.endsWith(".json"));
        return names == null ? 0 : names.length;
    }
}
