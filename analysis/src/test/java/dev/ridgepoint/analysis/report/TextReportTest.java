package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextReportTest {

    /** The whole text, as a person would read it. Changing it is meant to be seen in the diff of the golden file. */
    @Test
    void saysWhatTheGoldenFileSays() throws IOException {
        try (InputStream golden = TextReportTest.class.getResourceAsStream("/goldens/report.txt")) {
            assertEquals(
                    new String(golden.readAllBytes(), StandardCharsets.UTF_8),
                    TextReport.render(TestBundles.quick(), Labeller.byProvenance()));
        }
    }

    @Test
    void linesFitTheTerminalAndHoldNoControlCharacters() throws IOException {
        String text = TextReport.render(TestBundles.quick());
        List<String> rows = text.lines()
                .filter(line -> line.startsWith("  ") && line.contains("±") && !line.contains("script"))
                .toList();
        assertEquals(64, rows.size());
        rows.forEach(row -> assertTrue(row.length() <= 120, row));
        assertFalse(text.matches("(?s).*[\\p{Cntrl}&&[^\\n]].*"));
    }

    @Test
    void everyUnmeasuredCaseIsNamedWithItsReason() throws IOException {
        String text = TextReport.render(TestBundles.quick());
        for (CaseResult result : BundleReader.open(TestBundles.quick()).allCases()) {
            if (result.timing() == null) {
                assertTrue(text.contains(result.id() + " (" + result.subject().kernel() + ")"), result.id());
            }
        }
        assertTrue(text.contains("2x oneDNN would run ref:any, which is never timed"));
    }

    @Test
    void aPartialRunCannotGateAndSaysSo() throws IOException {
        String text = TextReport.render(TestBundles.partial());
        assertTrue(text.contains("PARTIAL"), text);
        assertTrue(text.contains("34 of 69 planned cases"), text);
        assertTrue(text.contains("cannot gate: that takes 5 forks a case"), text);
    }

    @Test
    void theBestTimeIsNowhere() throws IOException {
        String text = TextReport.render(TestBundles.quick());
        String json = JsonReport.render(TestBundles.quick());
        for (CaseResult result : BundleReader.open(TestBundles.quick()).allCases()) {
            if (result.timing() != null) {
                assertFalse(text.contains(" " + Numbers.time(result.timing().bestNs()) + " ±"), result.id());
                assertFalse(json.contains(Double.toString(result.timing().bestNs())), result.id());
            }
        }
    }

    @Test
    void theJsonSaysTheSame() throws IOException {
        JsonNode json = new ObjectMapper().readTree(JsonReport.render(TestBundles.quick()));
        List<CaseResult> cases = BundleReader.open(TestBundles.quick()).allCases();
        assertEquals(cases.size(), json.get("cases").size());
        assertEquals("cpu", json.get("deviceKind").asText());
        assertEquals(64, json.at("/counts/measured").asInt());
        assertEquals(62, json.at("/counts/valid").asInt());
        assertTrue(json.at("/detection/canGate").asBoolean());
        for (int i = 0; i < cases.size(); i++) {
            JsonNode row = json.get("cases").get(i);
            assertEquals(cases.get(i).id(), row.get("id").asText());
            assertEquals(cases.get(i).timing() != null, row.has("steadyNs"), "no time where there is none");
            if (row.has("steadyNs")) {
                assertEquals(
                        cases.get(i).timing().steadyNs(), row.get("steadyNs").asDouble());
            }
        }
    }

    @Test
    void noLocaleChangesAReport() throws IOException {
        String text = TextReport.render(TestBundles.quick());
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(text, TextReport.render(TestBundles.quick()));
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void markdownTablesCarryTheirRun() throws IOException {
        String tables = MarkdownReport.tables(
                TestBundles.quick(), result -> result.id().startsWith("llama-3-8b/up/decode_b1_"));
        assertTrue(tables.startsWith("**CPU, not GPU: cpu-call, warm**\n\n| case "), tables);
        assertTrue(tables.contains("| llama-3-8b/up/decode_b1_l1_bf16 |"));
        assertTrue(tables.contains("6 of 64 measured cases."), tables);
        assertTrue(tables.contains("3f0c6a52-6d0b-4c0e-9a57-0d6f6a6f7b11"));
        assertTrue(tables.lines().filter(line -> line.startsWith("|---")).allMatch(line -> line.contains("|---:|")));
    }
}
