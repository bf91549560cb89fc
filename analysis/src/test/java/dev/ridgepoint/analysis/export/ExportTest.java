package dev.ridgepoint.analysis.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import dev.ridgepoint.analysis.economics.Energy;
import dev.ridgepoint.analysis.economics.EnergyOfRun;
import dev.ridgepoint.analysis.report.RunFigures;
import dev.ridgepoint.analysis.report.TestBundles;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static RunFigures run;
    private static RunFigures partial;

    @BeforeAll
    static void read() throws IOException {
        run = RunFigures.of(TestBundles.quick());
        partial = RunFigures.of(TestBundles.partial());
    }

    @Test
    void everyCaseIsAFigureOrHasAReason() throws IOException {
        List<CaseResult> cases = BundleReader.open(TestBundles.quick()).allCases();
        assertEquals(cases.size(), run.figures().size() + run.omitted().size());
        assertTrue(run.omitted().stream().noneMatch(one -> one.reason().isBlank()));
        Set<String> how = new HashSet<>();
        run.omitted().forEach(one -> how.add(one.how()));
        assertTrue(how.containsAll(Set.of("not valid", "skipped", "failed", "incorrect")), how.toString());
        for (RunFigures.Figure figure : run.figures()) {
            assertTrue(figure.result().validity().valid());
            assertTrue(figure.result().outcome() instanceof Outcome.Measured);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bencher", "gh-action-smaller", "gh-action-bigger", "otava", "markdown", "csv"})
    void everyFormatNamesTheContextAndNoFigureThatMayNotBeQuoted(String format) throws IOException {
        StringWriter text = new StringWriter();
        List<String> notes = Exporter.parse(format).write(List.of(run), text);
        for (String part : List.of(
                run.run().runId(),
                "complete",
                "quick/1",
                "Intel Xeon Platinum 8481C",
                "CPU, not GPU",
                "oneDNN 3.11.0")) {
            assertTrue(text.toString().contains(part), format + " does not say " + part);
        }
        for (RunFigures.Omission omission : run.omitted()) {
            if (omission.result().timing() != null) {
                String steady = Double.toString(omission.result().timing().steadyNs());
                assertFalse(text.toString().contains(steady), format + " has a time of " + omission.id());
            }
            boolean counted = notes.stream().anyMatch(note -> note.contains(run.omissions()));
            assertTrue(counted || text.toString().contains(omission.reason()), omission.id() + " is lost");
        }
    }

    @Test
    void bencherTakesIt() throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(text("bencher", run));
        valid("bencher", json);
        assertEquals(run.figures().size(), json.size());
        RunFigures.Figure first = run.figures().get(0);
        JsonNode latency = json.path(first.id()).path("latency");
        assertEquals(first.timing().steadyNs(), latency.path("value").asDouble());
        assertEquals(first.timing().ciLowNs(), latency.path("lower_value").asDouble());
        assertEquals(first.timing().ciHighNs(), latency.path("upper_value").asDouble());
        ((ObjectNode) latency).remove("value");
        assertFalse(check("bencher", json), "the schema lets a measure without a value pass");
    }

    @Test
    void theActionTakesTimesAndRates() throws IOException {
        ArrayNode smaller = (ArrayNode) JSON.readTree(text("gh-action-smaller", run));
        valid("github-action", smaller);
        assertEquals(run.figures().size(), smaller.size());
        assertEquals(
                run.figures().get(0).timing().steadyNs(), smaller.at("/0/value").asDouble());
        assertEquals("ns", smaller.at("/0/unit").asText());
        ArrayNode bigger = (ArrayNode) JSON.readTree(text("gh-action-bigger", run));
        valid("github-action", bigger);
        assertEquals(
                run.figures().get(0).reading().gflops(), bigger.at("/0/value").asDouble());
        Set<String> names = new HashSet<>();
        assertTrue(StreamSupport.stream(bigger.spliterator(), false)
                .allMatch(one -> one.path("value").asDouble() > 0
                        && names.add(one.path("name").asText())));
        assertFalse(check("github-action", JSON.createArrayNode()), "the schema lets an empty file pass");
    }

    /** What Otava's importer does with a file: head, then rows at least as long, dates, and numbers in every metric. */
    @Test
    void otavaTakesASeriesInTheOrderOfTime() throws IOException {
        StringWriter out = new StringWriter();
        List<String> notes = Exporter.parse("otava").write(List.of(run, partial), out);
        List<List<String>> rows = CsvText.rows(out.toString());
        List<String> head = rows.get(0);
        assertEquals(3, rows.size());
        assertEquals(head.size(), new HashSet<>(head).size());
        assertFalse(head.contains("branch"));
        Set<String> common = new HashSet<>(ids(run));
        common.retainAll(ids(partial));
        assertEquals(common, new HashSet<>(head.subList(head.indexOf("left_out") + 1, head.size())));
        Instant last = Instant.MIN;
        for (List<String> row : rows.subList(1, 3)) {
            assertEquals(head.size(), row.size());
            Instant time = Instant.parse(row.get(head.indexOf("time")));
            assertFalse(time.isBefore(last));
            last = time;
            for (String cell : row.subList(head.indexOf("left_out") + 1, head.size())) {
                assertTrue(Double.parseDouble(cell) > 0);
            }
        }
        assertTrue(notes.stream().anyMatch(note -> note.contains("not in all")), notes.toString());
    }

    @Test
    void csvHasARowACase() throws IOException {
        List<List<String>> rows = CsvText.rows(text("csv", run));
        List<String> head = rows.get(0);
        assertEquals(run.figures().size() + run.omitted().size() + 1, rows.size());
        int time = head.indexOf("time_ns");
        int reason = head.indexOf("reason");
        for (List<String> row : rows.subList(1, rows.size())) {
            assertEquals(head.size(), row.size());
            assertTrue(row.get(time).isEmpty() ^ row.get(reason).isEmpty(), row.toString());
        }
    }

    /** Of a made-up GPU of constant power, whose energy a call is its time times that power. */
    @Test
    void csvHasTheEnergyOfACall() throws IOException {
        RunFigures gpu = RunFigures.of(TestBundles.gpu());
        List<List<String>> rows = CsvText.rows(text("csv", gpu));
        List<String> head = rows.get(0);
        EnergyOfRun energy = EnergyOfRun.of(BundleReader.open(TestBundles.gpu()));
        int told = 0;
        for (RunFigures.Figure figure : gpu.figures()) {
            List<String> row = rows.stream()
                    .filter(one -> one.get(head.indexOf("case")).equals(figure.id()))
                    .findFirst()
                    .orElseThrow();
            Energy known = energy.of(figure.result().id());
            String joules = row.get(head.indexOf("joules_per_call"));
            assertEquals(known == null ? "" : Double.toString(known.joulesPerCall()), joules);
            assertEquals(known == null ? "" : Double.toString(known.watts()), row.get(head.indexOf("watts")));
            told += known == null ? 0 : 1;
        }
        assertTrue(told > 0);
    }

    @Test
    void csvHasThePercentilesThatThereAre() throws IOException {
        Outcome.Measured was = (Outcome.Measured) run.figures().get(0).result().outcome();
        Timing before = was.timing();
        Timing ranked = new Timing(
                before.steadyNs(),
                before.ciLowNs(),
                before.ciHighNs(),
                before.confidence(),
                before.betweenForkCv(),
                before.mde(),
                before.bestNs(),
                before.forks(),
                Map.of("p50", 901.5, "p99", 950.0),
                5000);
        List<List<String>> rows = CsvText.rows(text("csv", ending(new Outcome.Measured(ranked, was.correctness()))));
        List<String> head = rows.get(0);
        assertEquals("901.5", rows.get(1).get(head.indexOf("iteration_p50_ns")));
        assertEquals("950.0", rows.get(1).get(head.indexOf("iteration_p99_ns")));
        assertEquals("", rows.get(1).get(head.indexOf("iteration_p99_9_ns")));
        assertEquals("5000.0", rows.get(1).get(head.indexOf("effective_samples")));
        assertEquals("", rows.get(1).get(head.indexOf("watts")), "a CPU has no counter");
    }

    @Test
    void whatTheConsumerWouldRejectIsRefused() {
        RunFigures none = new RunFigures(
                run.bundle(),
                run.run(),
                run.context(),
                run.provenance(),
                run.device(),
                run.stack(),
                List.of(),
                run.omitted());
        for (String format : List.of("bencher", "gh-action-smaller", "gh-action-bigger", "otava")) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> Exporter.parse(format).write(List.of(none), new StringWriter()))
                    .getMessage();
            assertTrue(message.contains("no") && message.contains("figure"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> Exporter.parse("xml"));
    }

    /** Bencher counts a name's bytes, and letters may take several. */
    @Test
    void bencherCountsBytes() throws IOException {
        assertTrue(text("bencher", named("\u00e4".repeat(512))).contains("\u00e4"));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> text("bencher", named("\u00e4".repeat(513))));
        assertTrue(refused.getMessage().contains("1024 bytes, this one has 1026"), refused.getMessage());
    }

    private static RunFigures named(String id) {
        return only(id, run.figures().get(0).result().outcome());
    }

    private static RunFigures ending(Outcome outcome) {
        return only(run.figures().get(0).result().id(), outcome);
    }

    /** The first case alone, under another name or with another outcome. */
    private static RunFigures only(String id, Outcome outcome) {
        RunFigures.Figure first = run.figures().get(0);
        CaseResult was = first.result();
        CaseResult now = new CaseResult(
                id,
                was.caseKey(),
                was.question(),
                was.subject(),
                was.provenance(),
                was.work(),
                outcome,
                was.validity());
        return new RunFigures(
                run.bundle(),
                run.run(),
                run.context(),
                run.provenance(),
                run.device(),
                run.stack(),
                List.of(new RunFigures.Figure(now, first.reading())),
                List.of());
    }

    private static String text(String format, RunFigures of) throws IOException {
        StringWriter out = new StringWriter();
        Exporter.parse(format).write(List.of(of), out);
        return out.toString();
    }

    private static List<String> ids(RunFigures of) {
        List<String> ids = new ArrayList<>();
        of.figures().forEach(figure -> ids.add(figure.id()));
        return ids;
    }

    private static void valid(String schema, JsonNode json) throws IOException {
        assertTrue(check(schema, json), schema + " refuses " + json.toString().substring(0, 500));
    }

    private static boolean check(String schema, JsonNode json) throws IOException {
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .createValidator();
        URI uri = URI.create("urn:ridgepoint:" + schema);
        try (InputStream in = ExportTest.class.getResourceAsStream(schema + ".schema.json")) {
            validator.registerSchema(uri, (Object) JSON.readTree(in));
        }
        return validator.validate(uri, (Object) json).isValid();
    }
}
