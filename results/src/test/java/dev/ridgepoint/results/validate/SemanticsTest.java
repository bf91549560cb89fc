package dev.ridgepoint.results.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseKeys;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.SampleBundle;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.JsonText;
import dev.ridgepoint.results.validate.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lies that every digest agrees with are found where they contradict something else. */
class SemanticsTest {
    private static final String ID = Samples.measured().id();

    @TempDir
    Path folder;

    Path bundle;

    @BeforeEach
    void write() throws IOException {
        bundle = SampleBundle.complete(folder.resolve("bundle"));
    }

    private void expect(String file, String pointer) {
        List<Finding> findings = BundleValidator.validate(bundle);
        assertTrue(
                findings.stream()
                        .anyMatch(finding -> finding.severity() == Severity.ERROR
                                && finding.file().equals(file)
                                && finding.pointer().equals(pointer)),
                () -> "nothing said of " + file + " " + pointer + " but " + findings);
        findings.forEach(
                finding -> assertFalse(finding.message().matches(".*match (its|the) digest.*"), "not resealed"));
    }

    @Test
    void theSampleIsSound() {
        assertEquals(List.of(), BundleValidator.validate(bundle));
    }

    @Test
    void resealingAloneChangesNothing() throws IOException {
        Resealed.change(bundle, whole -> {});
        assertEquals(List.of(), BundleValidator.validate(bundle));
    }

    static Stream<Arguments> liesOfACase() {
        return Stream.of(
                lie("/caseKey", c -> c.put("caseKey", "0".repeat(64))),
                lie("/question/shape", c -> c.withObject("/question/shape").put("M", -1)),
                lie("/question/shape", c -> c.withObject("/question/shape").put("utilisation", 1)),
                lie("/work", c -> c.withObject("/work").put("flops", 452_984_833)),
                lie("/headline", c -> c.withObject("/headline").put("gflops", 900)),
                lie("/headline", c -> c.putNull("headline")),
                lie("/outcome/timing/steadyNs", c -> timing(c).put("steadyNs", 1_250_000)),
                lie("/outcome/timing/steadyNs", c -> timing(c).put("ciLowNs", 1_260_000)),
                lie("/outcome/timing", c -> timing(c).putNull("betweenForkCv")),
                lie("/outcome/timing/bestNs", c -> timing(c).put("bestNs", 1_290_000)),
                lie(
                        "/outcome/timing/percentiles/p99",
                        c -> timing(c).withObject("/percentiles").put("p99", 1_290_000)),
                lie("/outcome/timing/percentiles/p5", c -> {
                    timing(c).put("effectiveSamples", 999);
                    timing(c).withObject("/percentiles").put("p5", 1_230_000);
                }),
                lie("/outcome/timing/forks/1/fork", c -> fork(c, 1).put("fork", 0)),
                lie("/outcome/timing/forks/1", c -> fork(c, 1).put("warmups", 1)),
                lie("/outcome/timing/forks/1/steadyFrom", c -> fork(c, 1).put("steadyFrom", 6)),
                lie("/validity/steady", c -> c.withObject("/validity").put("steady", false)),
                lie("/validity/steady", c -> fork(c, 1).put("steadyFrom", -1)),
                lie("/validity/reasons", c -> c.withObject("/validity").put("throttled", "yes")),
                lie("/validity/reasons", c -> c.withObject("/validity").put("plausible", false)),
                lie("/validity/reasons", c -> c.withObject("/validity").put("enoughForks", false)),
                lie("/outcome", c -> c.withObject("/subject").put("driver", "emulated")),
                lie("/outcome/timing/utilisation", c -> timing(c).put("utilisation", 0.97)),
                lie("/headline/utilisation", c -> c.withObject("/headline").put("utilisation", 0.97)),
                lie(
                        "/outcome/correctness/passed",
                        c -> c.withObject("/outcome/correctness").put("passed", false)),
                lie(
                        "/outcome/correctness/maxAbs",
                        c -> c.withObject("/outcome/correctness").putNull("maxAbs")),
                lie(
                        "/nonFinite/~1outcome~1timing~1mde",
                        c -> c.withObject("/nonFinite").put("/outcome/timing/mde", "NaN")),
                lie("/nonFinite/~1nowhere~1x", c -> c.withObject("/nonFinite").put("/nowhere/x", "NaN")),
                lie("/provenance/phase", c -> c.withObject("/provenance").put("phase", "GUESSING")),
                lie("/question/cacheState", c -> c.withObject("/question").put("cacheState", "hot")),
                lie("/subject/kernel", c -> c.withObject("/subject").put("kernel", "")),
                lie("/outcome/timing/steadyNs", c -> timing(c).put("steadyNs", "fast")));
    }

    private static Arguments lie(String pointer, Consumer<ObjectNode> change) {
        return Arguments.of(pointer, change);
    }

    private static ObjectNode timing(ObjectNode one) {
        return one.withObject("/outcome/timing");
    }

    private static ObjectNode fork(ObjectNode one, int index) {
        return (ObjectNode) one.at("/outcome/timing/forks/" + index);
    }

    @ParameterizedTest
    @MethodSource("liesOfACase")
    void aCaseThatContradictsItself(String pointer, Consumer<ObjectNode> change) throws IOException {
        Resealed.changeCase(bundle, 0, change);
        expect(Layout.RESULT, "/cases/0" + pointer);
    }

    @Test
    void onlyTheEmulatedDriverSimulates() throws IOException {
        Resealed.changeCase(bundle, 1, c -> c.withObject("/subject").put("driver", "system"));
        expect(Layout.RESULT, "/cases/1/subject/driver");
    }

    /** Not under another name, not as a peak, and not in the logs either. */
    @Test
    void aPlayedDeviceHasNoTimeAnywhere() throws IOException {
        ObjectNode context = Resealed.read(bundle.resolve(Layout.CONTEXT));
        context.withObject("/device").put("name", "Ridgepoint emulated sm_90a");
        context(context);
        expect(Layout.CONTEXT, "/device/kind");
        expect(Layout.CONTEXT, "/peaks/measured");
        expect(Layout.RESULT, "/cases/0/outcome/timing");
    }

    @Test
    void aSimulatedCaseHasNoIterations() throws IOException {
        String simulated = Samples.ids().get(1);
        Resealed.replace(bundle, Layout.ITERATIONS, log().replace(ID, simulated));
        expect(Layout.ITERATIONS, "/0");
        assertTrue(BundleValidator.validate(bundle).stream()
                .anyMatch(finding -> finding.message().endsWith("has times, and the case was simulated")));
    }

    @Test
    void whatWasNotMeasuredHasNoTime() throws IOException {
        for (int i = 1; i < 5; i++) {
            Resealed.changeCase(bundle, i, c -> c.withObject("/outcome").put("steadyNs", 12));
            expect(Layout.RESULT, "/cases/" + i + "/outcome/steadyNs");
        }
    }

    @Test
    void whatWasNotMeasuredHasNoHeadline() throws IOException {
        Resealed.change(
                bundle,
                whole -> ((ObjectNode) whole.at("/cases/3"))
                        .set("headline", whole.at("/cases/0/headline").deepCopy()));
        expect(Layout.RESULT, "/cases/3/headline");
    }

    /** A question changed with its key is another question; its work gives it away. */
    @Test
    void aQuestionSwappedWithItsKey() throws IOException {
        Resealed.changeCase(bundle, 0, c -> {
            c.withObject("/question/shape").put("M", 129);
            c.put("caseKey", key(c.get("question")));
        });
        expect(Layout.RESULT, "/cases/0/work");
    }

    private static String key(JsonNode question) {
        try {
            return CaseKeys.of(Records.fromJson(question, Question.class, ""));
        } catch (JsonFormatException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void aPrecisionOfAnotherBuildIsAWarning() throws IOException {
        Resealed.changeCase(bundle, 0, c -> {
            c.withObject("/question").put("precision", "fp6");
            c.put("caseKey", key(c.get("question")));
        });
        List<Finding> findings = BundleValidator.validate(bundle);
        assertEquals(1, findings.size(), findings.toString());
        assertEquals(Severity.WARNING, findings.get(0).severity());
        assertEquals("/cases/0/question/precision", findings.get(0).pointer());
    }

    @Test
    void aRateAboveTheDeclaredPeakIsImplausible() throws IOException {
        ObjectNode context = Resealed.read(bundle.resolve(Layout.CONTEXT));
        context.withObject("/unknown").remove("/peaks/declared");
        ObjectNode declared = context.withObject("/peaks").putObject("declared");
        declared.put("gigabytesPerSecond", 100).put("source", "a data sheet");
        declared.putObject("gflops").put("bf16", 300);
        context(context);
        expect(Layout.RESULT, "/cases/0/validity/plausible");
    }

    private void context(ObjectNode changed) throws IOException {
        Resealed.replace(bundle, Layout.CONTEXT, JsonText.write(changed));
        Resealed.change(bundle, whole -> whole.put("contextSha256", CanonicalJson.sha256(changed)));
    }

    @Test
    void unknownsNeedAReason() throws IOException {
        ObjectNode context = Resealed.read(bundle.resolve(Layout.CONTEXT));
        context.withObject("/unknown").remove("/host/turbo");
        context.withObject("/unknown").put("/host/cpu", "why not");
        context(context);
        expect(Layout.CONTEXT, "/host/turbo");
        expect(Layout.CONTEXT, "/unknown/~1host~1cpu");
    }

    @Test
    void theContextIsTheOneNamed() throws IOException {
        Resealed.change(bundle, whole -> whole.put("contextSha256", "0".repeat(64)));
        assertTrue(BundleValidator.validate(bundle).stream()
                .anyMatch(finding -> finding.pointer().equals("/contextSha256")));
    }

    static Stream<Arguments> liesOfTheHead() {
        return Stream.of(
                lie("/status", h -> h.put("status", "done")),
                lie("/status", h -> Resealed.array(h.get("cases")).remove(4)),
                lie("/status", h -> h.withObject("/plan").put("cases", 4)),
                lie("/ended", h -> h.putNull("ended")),
                lie("/ended", h -> h.put("ended", "2026-13-41T10:00:00Z")),
                lie("/plan/part", h -> h.withObject("/plan").put("part", 2)),
                lie("/previousRunId", h -> h.set("previousRunId", h.get("runId"))),
                lie(
                        "/cases/5/id",
                        h -> Resealed.array(h.get("cases")).add(h.at("/cases/0").deepCopy())),
                lie("/headline", h -> h.putObject("headline").put("utilisation", 0.9)),
                lie("/schema", h -> h.put("schema", "2.0.0")),
                lie("/files", h -> Resealed.array(h.get("files")).remove(0)),
                lie("/files", h -> Resealed.array(h.get("files")).remove(1)),
                lie("/files/0/path", h -> file(h, "../../etc/passwd")),
                lie("/files/0/path", h -> file(h, "/etc/passwd")),
                lie("/files/0/path", h -> file(h, "raw/../context.json")),
                lie("/files/0/path", h -> file(h, "raw/..")),
                lie("/files/0/path", h -> file(h, "raw\\x")),
                lie("/files/0/path", h -> file(h, "raw/a/b")),
                lie("/files/0/path", h -> file(h, "result.json")),
                lie("/files/0/path", h -> file(h, ".lock")),
                lie("/files/0/path", h -> file(h, "")),
                lie("/files/0/path", h -> file(h, "raw/\u0000")),
                lie("/files/1/path", h -> file(h, h.at("/files/1/path").asText())),
                lie("/files/0/bytes", h -> ((ObjectNode) h.at("/files/0")).put("bytes", -1)),
                lie("/files/0/size", h -> ((ObjectNode) h.at("/files/0")).put("size", 1)),
                lie("/mergedFrom/1/runId", h -> {
                    ObjectNode part = Resealed.array(h.get("mergedFrom")).addObject();
                    part.put("runId", "00000000-0000-0000-0000-000000000000").put("part", 1);
                    part.put("status", "complete").put("started", Samples.STARTED);
                    part.putNull("ended").put("contextSha256", "0".repeat(64)).putArray("argv");
                    Resealed.array(h.get("mergedFrom")).add(part.deepCopy());
                }));
    }

    private static void file(ObjectNode head, String path) {
        ((ObjectNode) head.at("/files/0")).put("path", path);
    }

    @ParameterizedTest
    @MethodSource("liesOfTheHead")
    void aHeadThatContradictsItself(String pointer, Consumer<ObjectNode> change) throws IOException {
        Resealed.change(bundle, change);
        expect(Layout.RESULT, pointer);
    }

    @Test
    void aProtocolIsWhatItsDigestSays() throws IOException {
        Resealed.change(bundle, whole -> whole.withObject("/protocol").put("threads", 2));
        assertTrue(BundleValidator.validate(bundle).stream()
                .anyMatch(finding -> finding.pointer().equals("/protocol/sha256")));
    }

    private String log() throws IOException {
        return Files.readString(bundle.resolve(Layout.ITERATIONS));
    }

    @Test
    void aLogThatSaysOtherwise() throws IOException {
        String log = log();
        String[] lines = log.split("(?<=\n)");
        Resealed.replace(bundle, Layout.ITERATIONS, log.replace(lines[3], ""));
        expect(Layout.ITERATIONS, "/3/iteration");
        Resealed.replace(bundle, Layout.ITERATIONS, log.replaceFirst("\"warmup\":false", "\"warmup\":true"));
        expect(Layout.ITERATIONS, "/0");
        Resealed.replace(bundle, Layout.ITERATIONS, log + lines[0]);
        expect(Layout.ITERATIONS, "/18");
        Resealed.replace(bundle, Layout.ITERATIONS, log.substring(0, log.length() - 1));
        expect(Layout.ITERATIONS, "/17");
        Resealed.replace(bundle, Layout.ITERATIONS, log.substring(0, log.indexOf("\"fork\":2") - ID.length() - 13));
        expect(Layout.ITERATIONS, "");
        Resealed.replace(
                bundle,
                Layout.ITERATIONS,
                log + log.substring(0, log.indexOf('\n') + 1).replace(ID, "x"));
        expect(Layout.ITERATIONS, "/18");
        Resealed.replace(bundle, Layout.ITERATIONS, log.replaceFirst("\"ops\":400", "\"ops\":0"));
        expect(Layout.ITERATIONS, "/0");
        Resealed.replace(bundle, Layout.ITERATIONS, log.replaceFirst("\"ops\":400", "\"ops\":4e2"));
        expect(Layout.ITERATIONS, "/0/ops");
        Resealed.replace(bundle, Layout.ITERATIONS, log);
        assertEquals(List.of(), BundleValidator.validate(bundle));
    }

    /** The steady time of a fork and the best are recomputed from the log. */
    @Test
    void figuresThatTheLogDoesNotGive() throws IOException {
        String first = log().split("\n")[5];
        String value = first.replaceAll(".*\"nsPerOp\":([0-9.]+).*", "$1");
        Resealed.replace(bundle, Layout.ITERATIONS, log().replace(value, "1250000"));
        expect(Layout.ITERATIONS, "/0");
        String[] parts = {Layout.JMH, Layout.rawPart(ID, 0)};
        for (String part : parts) {
            expect(part, "/0/primaryMetric/rawData/0");
        }
    }

    @Test
    void jmhFilesThatSayOtherwise() throws IOException {
        String jmh = Files.readString(bundle.resolve(Layout.JMH));
        Resealed.replace(bundle, Layout.JMH, jmh.replace("\"forks\": 3", "\"forks\": 1"));
        expect(Layout.JMH, "/0/forks");
        Resealed.replace(bundle, Layout.JMH, jmh.replace("caseId", "case"));
        expect(Layout.JMH, "/0/params/caseId");
        Resealed.replace(bundle, Layout.JMH, jmh.replace("ns/op", "us/op"));
        expect(Layout.JMH, "/0/primaryMetric/scoreUnit");
        Resealed.replace(bundle, Layout.JMH, "[]");
        expect(Layout.JMH, "");
        Resealed.replace(bundle, Layout.JMH, jmh.replaceFirst("(?s)\\[(.*)\\]", "[$1,$1]"));
        expect(Layout.JMH, "/1");
        Resealed.replace(bundle, Layout.JMH, "{}");
        expect(Layout.JMH, "");
        Resealed.replace(bundle, Layout.JMH, jmh);
        String part = Layout.rawPart(ID, 1);
        Resealed.replace(bundle, part, Files.readString(bundle.resolve(Layout.rawPart(ID, 0))));
        expect(part, "/0/primaryMetric/rawData/0");
        Resealed.replace(bundle, part, "[]");
        expect(part, "");
    }

    @Test
    void filesThatNobodyListed() throws IOException {
        Files.writeString(bundle.resolve("notes.txt"), "mine");
        Files.writeString(bundle.resolve("report.html"), "drawn from it");
        Files.writeString(bundle.resolve("raw/more.json"), "[]");
        List<Finding> findings = BundleValidator.validate(bundle);
        assertEquals(
                List.of("notes.txt", "raw/more.json"),
                findings.stream().map(Finding::file).sorted().toList());
        findings.forEach(finding -> assertEquals(Severity.WARNING, finding.severity()));
    }
}
