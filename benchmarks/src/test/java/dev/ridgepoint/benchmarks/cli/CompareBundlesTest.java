package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.analysis.compare.Compare;
import dev.ridgepoint.analysis.compare.CompareOptions;
import dev.ridgepoint.analysis.compare.CompareText;
import dev.ridgepoint.analysis.compare.Comparison;
import dev.ridgepoint.analysis.compare.Reason;
import dev.ridgepoint.results.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verdict and every reason, through the command, on bundles. */
class CompareBundlesTest {
    @TempDir
    private Path folder;

    private int written;

    @Test
    void slowerFasterAndEquivalent() throws IOException {
        Path base = write(run().with(of(1, 1000)).with(of(2, 1000)).with(of(3, 1000)));
        Path candidate =
                write(run().build("2").with(of(1, 1100)).with(of(2, 900)).with(of(3, 1001)));
        JsonNode json = json(0, base, candidate);
        is(json, 0, "SLOWER", "BEYOND_MARGIN");
        is(json, 1, "FASTER", "BEYOND_MARGIN");
        is(json, 2, "EQUIVALENT", "WITHIN_MARGIN");
        JsonNode slower = json.at("/cases/0");
        assertEquals(1.1, slower.path("ratio").asDouble(), 1e-3);
        assertTrue(slower.at("/ci/0").asDouble() < 1.1 && slower.at("/ci/1").asDouble() > 1.1);
        assertTrue(slower.path("mde").asDouble() > 0.03 && slower.path("mde").asDouble() < 0.04);
        assertTrue(slower.path("q").asDouble() >= slower.path("p").asDouble());
        assertEquals("build", slower.path("attributedTo").asText());
        assertEquals("made/case1", slower.path("benchmark").asText());
        assertEquals("gemm", slower.at("/params/op").asText());
        assertEquals(1, json.at("/verdictCounts/SLOWER").asInt());
        assertEquals(List.of("REGRESSION"), texts(json.at("/gate/reasons")));
        json(1, base, candidate, "--gate");
        json(
                0,
                write(run().build("2").with(of(1, 1000)).with(of(2, 1000))),
                write(run().with(of(1, 1001)).with(of(2, 999))),
                "--gate");
    }

    @Test
    void aChangeIsLaidToOneAxisOnly() throws IOException {
        Path base = write(run().with(of(1, 1000)));
        JsonNode two = json(0, base, write(run().build("2").jdk("21").with(of(1, 1200))));
        assertEquals(List.of("JDK", "build"), texts(two.at("/cases/0/changed")));
        assertTrue(two.at("/cases/0/attributedTo").isNull());
        assertTrue(two.at("/cases/0/sentence").asText().contains("JDK, build changed together"));
        assertEquals("WARN", two.at("/comparability/level").asText());
        assertTrue(texts(two.at("/cases/0/reasons")).contains("CONTEXT_DIFFERS"));
        assertEquals(
                "/software/jdk", two.at("/comparability/differences/2/pointer").asText(), two.toString());
        JsonNode kernel = json(0, base, write(run().with(of(1, 1200).by("gemm/cpu_fp32_other"))));
        assertEquals("kernel", kernel.at("/cases/0/attributedTo").asText());
        JsonNode nothing = json(0, base, write(run().with(of(1, 1200).asked("cpu-call", "cold", 1, null))));
        assertTrue(nothing.at("/cases/0/sentence").asText().contains("Nothing that is declared changed"));
    }

    @Test
    void theSameThingNeedsNoMeasurementAndIsTheControl() throws IOException {
        MadeRun calm = run();
        MadeRun same = run();
        MadeRun moved = run();
        for (int i = 1; i <= 6; i++) {
            calm.with(of(i, 1000));
            same.with(of(i, 1000));
            moved.with(of(i, 1100));
        }
        Path base = write(calm);
        JsonNode json = json(0, base, write(same), "--gate");
        assertEquals(6, json.at("/verdictCounts/IDENTICAL").asInt());
        is(json, 0, "IDENTICAL", "SAME_SUBJECT_AND_CONTEXT");
        assertEquals(6, json.at("/gate/control/cases").asInt());
        JsonNode drifted = json(1, base, write(moved), "--gate");
        assertEquals(6, drifted.at("/verdictCounts/IDENTICAL").asInt());
        assertEquals(List.of("CONTROL_MOVED"), texts(drifted.at("/gate/reasons")));
        assertTrue(json(0, base, base).path("sameRun").asBoolean());
        // One fork is enough where nothing has to be measured.
        JsonNode one = json(0, write(run().with(MadeCase.of(1, 1, 1000))), write(run().with(MadeCase.of(1, 1, 1300))));
        is(one, 0, "IDENTICAL", "SAME_SUBJECT_AND_CONTEXT");
        assertTrue(one.at("/cases/0/ratio").isNull());
    }

    /** Of a device's own times the host's jar is no part; where the host's clock counts it is. */
    @Test
    void twoBuildsThatShareAnImageAreTheSameThingToTheDevice() throws IOException {
        for (String domain : List.of("device-event", "graph-replay", "host-sync", "batched")) {
            MadeCase one = of(1, 1000).asked(domain, "cold", 1, "5a".repeat(32));
            Path base = write(run().sharingImages().onGpu("580.1").with(one));
            boolean ofDevice = domain.startsWith("device") || domain.startsWith("graph");
            JsonNode shared = json(
                    0,
                    base,
                    write(run().sharingImages().onGpu("580.1").build("2").with(one)));
            assertEquals(ofDevice, verdict(shared).equals("IDENTICAL"), shared.toString());
            JsonNode otherImage =
                    json(0, base, write(run().onGpu("580.1").build("2").with(one)));
            assertEquals("EQUIVALENT", verdict(otherImage), otherImage.toString());
            JsonNode otherDriver = json(
                    0,
                    base,
                    write(run().sharingImages().onGpu("590.1").build("2").with(one)));
            assertEquals("EQUIVALENT", verdict(otherDriver), otherDriver.toString());
        }
    }

    private static String verdict(JsonNode json) {
        return json.at("/cases/0/verdict").asText();
    }

    @Test
    void questionsThatDifferAreRefused() throws IOException {
        MadeCase one = of(1, 1000);
        Path base = write(run().with(one));
        String inputs = "5a".repeat(32);
        refused(
                base,
                run().iterationsOf(500).with(one),
                "PROTOCOL_DIFFERS",
                "/protocol/measurementMillis: 250 against 500");
        refused(base, run().with(one.asked("cpu-call", "warm", 1, inputs)), "CACHE_STATE_DIFFERS", "cold against warm");
        refused(
                base,
                run().with(one.asked("host-sync", "cold", 1, inputs)),
                "DOMAIN_DIFFERS",
                "cpu-call against host-sync");
        refused(
                base,
                run().with(one.asked("cpu-call", "cold", 2, inputs)),
                "INPUTS_DIFFER",
                "/question/inputs/seed: 1 against 2");
        refused(base, run().with(one.asked("cpu-call", "cold", 1, "6b".repeat(32))), "INPUTS_DIFFER", "5a5a");
        refused(base, run().on("Other CPU", "cd".repeat(32)).with(one), "OTHER_DEVICE", "devices");
    }

    private void refused(Path base, MadeRun other, String reason, String sentence) throws IOException {
        Path candidate = write(other);
        JsonNode json = json(2, base, candidate);
        is(json, 0, "REFUSED", reason);
        assertTrue(json.at("/cases/0/sentence").asText().contains(sentence), json.toString());
        assertEquals("REFUSE", json.at("/comparability/level").asText());
        assertTrue(texts(json.at("/gate/reasons")).contains("REFUSED_CASES"));
        assertTrue(json.at("/cases/0/ratio").isNull());
        json(2, base, candidate, "--gate");
        JsonNode allowed = json(0, base, candidate, "--allow", reason);
        assertFalse(allowed.at("/cases/0/verdict").asText().equals("REFUSED"));
        assertTrue(texts(allowed.at("/cases/0/reasons")).contains("OVERRIDDEN"));
        assertTrue(allowed.at("/cases/0/sentence").asText().contains(sentence), allowed.toString());
        assertFalse(json(1, base, candidate, "--allow", reason, "--gate")
                .at("/gate/passed")
                .asBoolean());
    }

    @Test
    void anotherPieceOfTheSameDeviceIsNeverGated() throws IOException {
        Path base = write(run().with(of(1, 1000)).with(of(2, 1000)));
        MadeRun other = run().on("Test CPU", "cd".repeat(32)).with(of(1, 1100)).with(of(2, 1500));
        JsonNode json = json(0, base, write(other));
        assertEquals("EQUIVALENT", json.at("/cases/0/verdict").asText());
        assertEquals(0.22, json.at("/cases/0/margin").asDouble());
        is(json, 1, "SLOWER", "CROSS_DEVICE");
        assertTrue(texts(json.at("/gate/reasons")).contains("CROSS_DEVICE"));
        JsonNode nobody = json(
                1,
                write(run().on("Test CPU", null).with(of(1, 1000))),
                write(run().on("Test CPU", null).build("2").with(of(1, 1000))),
                "--gate");
        is(nobody, 0, "EQUIVALENT", "DEVICE_UNKNOWN");
        assertEquals(List.of("DEVICE_UNKNOWN"), texts(nobody.at("/gate/reasons")));
    }

    @Test
    void figuresThatMayNotBeUsedAreInvalid() throws IOException {
        MadeRun base = run();
        MadeRun candidate = run().build("2");
        for (int i = 1; i <= 9; i++) {
            base.with(i == 9 ? of(9, 1000).ending(new Outcome.Failed("fork 0 crashed")) : of(i, 1000));
        }
        candidate.with(of(1, 1000).flawed(true, false, false));
        candidate.with(of(2, 1000).flawed(false, true, false));
        candidate.with(of(3, 1000).flawed(false, false, true));
        candidate.with(MadeCase.of(4, 2, 1000));
        candidate.with(of(5, 1000).ending(new Outcome.Incorrect("row 3 is wrong", null)));
        candidate.with(of(6, 1000).ending(new Outcome.Failed("fork 1 crashed")));
        candidate.with(of(7, 1000).ending(new Outcome.Skipped("no such kernel")));
        candidate.with(of(8, 1000));
        candidate.with(of(9, 1000));
        Path here = write(base);
        Path there = write(candidate);
        JsonNode json = json(0, here, there);
        is(json, 0, "INVALID", "UNSTEADY");
        is(json, 1, "INVALID", "THROTTLED");
        is(json, 2, "INVALID", "IMPLAUSIBLE");
        is(json, 3, "INVALID", "TOO_FEW_FORKS");
        is(json, 4, "INVALID", "CANDIDATE_INCORRECT");
        is(json, 5, "INVALID", "CANDIDATE_FAILED");
        is(json, 6, "INVALID", "CANDIDATE_NOT_MEASURED");
        is(json, 7, "EQUIVALENT", "WITHIN_MARGIN");
        is(json, 8, "INVALID", "BASE_NOT_MEASURED");
        assertTrue(json.at("/cases/4/sentence").asText().contains("row 3 is wrong"));
        assertEquals(List.of("CANDIDATE_BROKEN", "CASES_LOST", "LOW_POWER"), texts(json.at("/gate/reasons")));
        assertEquals(1.0 / 8, json.at("/gate/power").asDouble(), 1e-9);
        json(1, here, there, "--gate");
    }

    @Test
    void whatAnEmulatedDriverCountsIsNoTime() throws IOException {
        Outcome counted = new Outcome.Simulated(Map.of("instructions", 7L), null);
        JsonNode json = json(
                2,
                write(run().with(of(1, 1000).ending(counted))),
                write(run().build("2").with(of(1, 1000).ending(counted))));
        is(json, 0, "INVALID", "SIMULATED");
        assertEquals(List.of("NOTHING_JUDGED"), texts(json.at("/gate/reasons")));
    }

    @Test
    void whatTheForksCannotTellIsInconclusive() throws IOException {
        double[] wide = {1000, 1200, 900, 1100, 800};
        double[] wider = {1010, 1190, 900, 1090, 830};
        Path base = write(run().with(of(1, 1).forks(wide)).with(of(2, 1000)));
        Path candidate = write(run().build("2").with(of(1, 1).forks(wider)).with(of(2, 1031)));
        JsonNode json = json(0, base, candidate);
        is(json, 0, "INCONCLUSIVE", "MDE_ABOVE_MARGIN");
        assertFalse(json.at("/cases/0/couldShowMargin").asBoolean());
        assertEquals(0.5, json.at("/gate/power").asDouble());
        assertEquals(
                List.of("LOW_POWER"),
                texts(json(
                                0,
                                base,
                                write(run().build("2")
                                        .with(of(1, 1).forks(wider))
                                        .with(of(2, 1001))))
                        .at("/gate/reasons")));
        json(4, base, candidate, "--strict");
        JsonNode near =
                json(0, write(run().with(of(1, 1000))), write(run().build("2").with(of(1, 1029))));
        is(near, 0, "INCONCLUSIVE", "NEAR_MARGIN");
        assertTrue(near.at("/cases/0/couldShowMargin").asBoolean());
        // Three forks are reported, and no gate may rest on them.
        JsonNode few = json(
                1,
                write(run().with(MadeCase.of(1, 3, 1000))),
                write(run().build("2").with(MadeCase.of(1, 3, 1000))),
                "--gate");
        is(few, 0, "EQUIVALENT", "FORKS_BELOW_GATE");
        assertEquals(List.of("LOW_POWER"), texts(few.at("/gate/reasons")));
    }

    @Test
    void oneOfManyMayBeChance() throws IOException {
        MadeRun base = run().with(of(1, 1).forks(1000, 1060, 940, 1020, 980));
        MadeRun candidate = run().build("2").with(of(1, 1).forks(1080, 1150, 1010, 1110, 1050));
        for (int i = 2; i <= 20; i++) {
            base.with(of(i, 1000));
            candidate.with(of(i, 1000));
        }
        JsonNode json = json(0, write(base), write(candidate));
        is(json, 0, "INCONCLUSIVE", "LOST_TO_CORRECTION");
        assertTrue(
                json.at("/cases/0/p").asDouble() < 0.05 && json.at("/cases/0/q").asDouble() > 0.05);
    }

    @Test
    void theClockIsToldFromTheKernel() throws IOException {
        double[] fast = {1500, 1501, 1499, 1500, 1502};
        double[] slow = {1350, 1351, 1349, 1350, 1352};
        double[] noisy = {1500, 1100, 1900, 1300, 1700};
        Path base = write(run().with(of(1, 1000).at(fast))
                .with(of(2, 1000).at(fast))
                .with(of(3, 1000).at(slow))
                .with(of(4, 1000).at(noisy)));
        Path candidate = write(run().build("2")
                .with(of(1, 1000 / 0.9).at(slow))
                .with(of(2, 1100).at(fast))
                .with(of(3, 1000).at(fast))
                .with(of(4, 1100).at(noisy)));
        JsonNode json = json(0, base, candidate);
        is(json, 0, "CLOCK", "CYCLES_AGREE");
        assertEquals(1, json.at("/cases/0/cyclesRatio").asDouble(), 2e-3);
        is(json, 1, "SLOWER", "CYCLES_CONFIRM");
        is(json, 2, "INCONCLUSIVE", "CYCLES_DIFFER");
        is(json, 3, "SLOWER", "CYCLES_UNDECIDED");
    }

    @Test
    void anErrorThatGrewIsNotClean() throws IOException {
        Path base = write(run().with(of(1, 1000)));
        Path candidate = write(run().build("2").with(of(1, 1000).erring(3e-4)));
        JsonNode json = json(1, base, candidate, "--gate");
        is(json, 0, "EQUIVALENT", "ERROR_GREW");
        assertEquals(List.of("ERROR_GREW"), texts(json.at("/gate/reasons")));
    }

    @Test
    void gradesSayWhatIsNoBaseline() throws IOException {
        Path clean = write(run().with(of(1, 1000)));
        Path dirty = write(run().build("2").dirty().with(of(1, 1000)));
        JsonNode json = json(1, dirty, clean, "--gate");
        assertEquals("C", json.at("/base/grade").asText());
        assertEquals("A", json.at("/candidate/grade").asText());
        assertEquals(List.of("NOT_A_BASELINE"), texts(json.at("/gate/reasons")));
        json(0, clean, dirty, "--gate");
        Path stopped = write(run().build("2").stopped().with(of(1, 1000)));
        JsonNode partial = json(1, stopped, clean, "--gate");
        assertEquals("B", partial.at("/base/grade").asText());
        assertEquals(List.of("PARTIAL_RUN"), texts(partial.at("/gate/reasons")));
        json(0, clean, stopped, "--gate");
        Path without = write(run().build("2").withoutRaw().with(of(1, 1000)));
        assertEquals(
                "5 raw files are missing",
                json(1, without, clean, "--gate").at("/base/gradeReasons/0").asText());
    }

    @Test
    void casesThatVanishAreNotClean() throws IOException {
        Path base = write(run().with(of(1, 1000)).with(of(2, 1000)));
        JsonNode json = json(1, base, write(run().build("2").with(of(1, 1000)).with(of(3, 1000))), "--gate");
        assertEquals(List.of("made/case2"), texts(json.path("baseOnly")));
        assertEquals(List.of("made/case3"), texts(json.path("candidateOnly")));
        assertEquals(List.of("CASES_LOST"), texts(json.at("/gate/reasons")));
    }

    /** Blocks that swing together hide nothing once they are compared within. */
    @Test
    void blocksAreComparedWhereRunsTookTurns() throws IOException {
        double[] swings = {1000, 1300, 800, 1150, 900};
        double[] slower = {1051, 1364, 841, 1206, 946};
        Path base = write(run().with(of(1, 1).forks(swings)));
        MadeRun together = run().build("2").with(of(1, 1).forks(slower));
        Path candidate = write(together.between("2026-11-22T10:01:00Z", "2026-11-22T10:06:00Z"));
        assertEquals(
                "INCONCLUSIVE", json(0, base, candidate).at("/cases/0/verdict").asText());
        assertEquals(
                "SLOWER",
                json(0, base, candidate, "--paired").at("/cases/0/verdict").asText());
        Path later = write(run().build("2").with(of(1, 1000)).between("2026-11-22T11:00:00Z", "2026-11-22T11:05:00Z"));
        refusedInOneLine("did not take turns", base, later, "--paired");
    }

    /** No verdict rests on JMH's own files: they have to be there, and what they say is for 'validate'. */
    @Test
    void whatFiguresRestOnIsCheckedAndCopiesAreLookedFor() throws IOException {
        Path base = write(run().with(of(1, 1000)));
        Path candidate = write(run().build("2").with(of(1, 1000)));
        Path part;
        try (Stream<Path> parts = Files.list(candidate.resolve("raw"))) {
            part = parts.sorted().findFirst().orElseThrow();
        }
        damage(part);
        assertEquals("A", json(0, base, candidate).at("/candidate/grade").asText());
        assertEquals(2, Cli.run("validate", candidate.toString()).status());
        refusedInOneLine("is not a valid bundle", base.resolve("jmh.json"), candidate);
        Files.delete(part);
        assertEquals(
                "1 raw files are missing",
                json(0, base, candidate).at("/candidate/gradeReasons/0").asText());

        Path merged = write(run().build("2").with(of(1, 1000)));
        Files.writeString(merged.resolve("jmh.json"), " ", StandardOpenOption.APPEND);
        refusedInOneLine("is not a valid bundle", base, merged);
        Path logged = write(run().build("2").with(of(1, 1000)));
        damage(logged.resolve("iterations.ndjson"));
        refusedInOneLine("is not a valid bundle", base, logged);
        Path stopped = write(run().build("2").stopped().with(of(1, 1000)));
        try (Stream<Path> parts = Files.list(stopped.resolve("raw"))) {
            damage(parts.findFirst().orElseThrow());
        }
        refusedInOneLine("is not a valid bundle", base, stopped);
    }

    /** Changes the last digit of a file, and not its size. */
    private static void damage(Path file) throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(file));
        int at = text.length() - 1;
        while (!Character.isDigit(text.charAt(at))) {
            at--;
        }
        text.setCharAt(at, text.charAt(at) == '7' ? '8' : '7');
        Files.writeString(file, text);
    }

    @Test
    void aDamagedBundleIsRefusedInOneLine() throws IOException {
        Path base = write(run().with(of(1, 1000)));
        Path candidate = write(run().build("2").with(of(1, 1000)));
        Files.writeString(candidate.resolve("context.json"), "{}");
        refusedInOneLine("is not a valid bundle", base, candidate);
        refusedInOneLine("no such file", base, folder.resolve("nowhere"));
        refusedInOneLine("have no case in common", base, write(run().with(of(9, 1000))));
        refusedInOneLine("margin", base, base, "--margin", "0");
        for (String reason : new String[] {"UNSTEADY", "FOO"}) {
            refusedInOneLine(
                    "expected one of PROTOCOL_DIFFERS, DOMAIN_DIFFERS, CACHE_STATE_DIFFERS, INPUTS_DIFFER,"
                            + " OTHER_DEVICE, got '" + reason + "'",
                    base,
                    base,
                    "--allow",
                    reason);
        }
        refusedInOneLine("--json and --markdown", base, base, "--json", "--markdown");
    }

    /** What {@code ab} prints: nobody gates there, and nobody typed what it allows. */
    @Test
    void whereNobodyGatesThereIsNoAdviceAboutBaselines() throws IOException {
        Path base = write(run().dirty().with(of(1, 1000)));
        Path candidate = write(run().dirty().iterationsOf(500).with(of(1, 1000)));
        Comparison comparison = Compare.of(
                base, candidate, new CompareOptions(CompareOptions.MARGIN, false, Set.of(Reason.PROTOCOL_DIFFERS)));
        String gate = CompareText.render(comparison);
        assertTrue(gate.contains("to have a baseline"), gate);
        String none = CompareText.withoutGate(comparison);
        assertFalse(none.contains("baseline"), none);
        assertFalse(none.contains("--allow"), none);
        assertTrue(none.contains("/protocol/measurementMillis: 250 against 500: that was allowed"), none);
    }

    /** A bundle meets a plain file through the file it keeps for JMH's viewers. */
    @Test
    void aBundleMeetsAPlainFile() throws IOException {
        Path base = write(run().with(of(1, 1000)));
        Path plain = write(run().build("2").with(of(1, 1200))).resolve("jmh.json");
        JsonNode json = json(0, base, plain);
        assertEquals("SLOWER", json.at("/cases/0/verdict").asText());
        assertEquals("D", json.at("/base/grade").asText());
        assertTrue(texts(json.at("/candidate/notChecked")).contains("device"));
    }

    private static MadeRun run() {
        return new MadeRun();
    }

    private static MadeCase of(int number, double ns) {
        return MadeCase.of(number, 5, ns);
    }

    private Path write(MadeRun run) throws IOException {
        return run.write(folder.resolve("run" + written++));
    }

    private static void refusedInOneLine(String word, Path base, Path candidate, String... options) {
        Cli.Answer answer = Cli.run(arguments(base, candidate, options));
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count(), answer.err());
        assertTrue(answer.error().contains(word), answer.err());
        assertEquals("", answer.out());
    }

    private static JsonNode json(int status, Path base, Path candidate, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments(base, candidate, options)));
        all.add("--json");
        Cli.Answer answer = Cli.run(all.toArray(new String[0]));
        assertEquals(status, answer.status(), answer.toString());
        return new JsonMapper().readTree(answer.out());
    }

    private static String[] arguments(Path base, Path candidate, String... options) {
        List<String> arguments = new ArrayList<>(List.of("compare", base.toString(), candidate.toString()));
        arguments.addAll(List.of(options));
        return arguments.toArray(new String[0]);
    }

    private static void is(JsonNode json, int at, String verdict, String reason) {
        JsonNode one = json.path("cases").path(at);
        assertEquals(verdict, one.path("verdict").asText(), one.toString());
        assertTrue(texts(one.path("reasons")).contains(reason), one.toString());
        assertFalse(one.path("sentence").asText().isBlank());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
