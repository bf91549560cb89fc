package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.analysis.economics.EnergyOfRun;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void onePageHoldsEverythingAndLoadsNothing() throws IOException {
        String html = page();
        assertFalse(Pattern.compile("<(link|img|iframe|script[^>]*\\ssrc)", Pattern.CASE_INSENSITIVE)
                .matcher(html.replaceAll("(?s)<script.*?</script>", ""))
                .find());
        assertFalse(html.contains("@import") || html.contains("url(http"));
        assertTrue(html.contains("default-src 'none'"));
        for (String section :
                List.of("summary", "results", "roofline", "tradeoff", "map", "sequences", "environment", "limits")) {
            assertTrue(html.contains("<h2 id=\"" + section + "\">"), section);
        }
        assertTrue(html.contains("CPU, not GPU"));
    }

    @Test
    void everyCaseIsThereWithItsReasonOrItsCitation() throws IOException {
        JsonNode data = data(page());
        List<CaseResult> cases = BundleReader.open(TestBundles.quick()).allCases();
        assertEquals(cases.size(), data.get("rows").size());
        int figure = field(data, "figure");
        int reason = field(data, "reason");
        for (int i = 0; i < cases.size(); i++) {
            JsonNode row = data.get("rows").get(i);
            assertEquals(data.get("fields").size(), row.size());
            if (cases.get(i).timing() == null) {
                assertTrue(row.get(figure).isNull());
                assertFalse(row.get(reason).asText().isBlank());
            } else {
                assertTrue(row.get(figure).asText().contains("±"));
            }
        }
        assertTrue(data.get("provenance").asText().contains("protocol quick/1"));
    }

    @Test
    void hostileNamesStayText() throws IOException {
        String html = page();
        assertFalse(html.contains("<script>document.title"));
        assertFalse(html.contains("<img src=x"));
        assertFalse(html.contains("<b>bold"));
        assertFalse(html.contains("\u202e"));
        Matcher scripts = Pattern.compile("</script>").matcher(html);
        assertEquals(4, scripts.results().count(), "errors, data, library, ours");
        assertTrue(data(html).get("rows").toString().contains("</script><script>document.title='owned'"));
    }

    @Test
    void aRunWithoutAnyTimeHasAPageToo() throws IOException {
        RunReport full = RunReport.of(BundleReader.open(TestBundles.quick()), Labeller.byProvenance());
        List<CaseRow> untimed =
                full.rows().stream().filter(row -> !row.measured()).toList();
        RunReport report = new RunReport(
                full.bundle(),
                full.run(),
                full.context(),
                full.rooflines(),
                untimed,
                Detection.of(untimed, true, null),
                null,
                null);
        String html = HtmlReport.page(report, List.of(), Map.of()).render();
        assertTrue(html.contains("No case was measured."));
        assertTrue(html.contains("No valid figure, so no change could be detected; cannot gate."));
        assertFalse(html.contains("id=\"roofline-chart\""));
    }

    /** What the emulated driver counted has no time in the page, no rate, no plot, and says what it is. */
    @Test
    void whatWasSimulatedIsNeverShownAsMeasured() throws IOException {
        String html = page(TestBundles.emulated());
        assertTrue(html.contains("Emulated, not a GPU"));
        assertTrue(html.contains(": 0 measured (0 valid)"), "the count at the top");
        assertTrue(html.contains("<h2 id=\"counters\">"));
        assertTrue(html.contains("no times, and nothing was measured"));
        assertFalse(html.contains("<div class=\"chart"), "no plot of any kind");
        JsonNode data = data(html);
        int simulated = 0;
        for (JsonNode row : data.get("rows")) {
            simulated += row.get(field(data, "outcome")).asText().equals("simulated") ? 1 : 0;
            for (String figure : List.of("time", "ns", "gflops", "gbs", "ceil", "bound", "figure")) {
                assertTrue(row.get(field(data, figure)).isNull(), figure + " of " + row);
            }
        }
        assertTrue(simulated > 50, "cases: " + simulated);
    }

    @Test
    void aCaseSaysHowManyTimesAsFastAsTheVendorItIs() throws IOException {
        String html = page(TestBundles.gpu());
        assertTrue(html.contains("Vs vendor:"));
        JsonNode data = data(html);
        Map<String, Double> vendors = new HashMap<>();
        for (JsonNode row : data.get("rows")) {
            if (row.get(field(data, "kernel")).asText().contains("vendor")) {
                assertTrue(row.get(field(data, "vendor")).isNull(), "it is not held against itself");
                vendors.put(
                        row.get(field(data, "id")).asText().replace(":vendor_any_cublas", ""),
                        row.get(field(data, "ns")).asDouble());
            }
        }
        assertTrue(vendors.size() > 5, "vendors: " + vendors.size());
        int compared = 0;
        for (JsonNode row : data.get("rows")) {
            Double vendor = vendors.get(row.get(field(data, "id")).asText());
            JsonNode speedup = row.get(field(data, "vendor"));
            if (!speedup.isNull()) {
                compared++;
                double expected = vendor / row.get(field(data, "ns")).asDouble();
                assertEquals(expected, speedup.asDouble(), 1e-5 * expected);
            }
        }
        assertTrue(compared > 5, "compared: " + compared);
    }

    @Test
    void withoutAVendorNothingIsSaidOfOne() throws IOException {
        String html = page();
        assertFalse(html.contains("Vs vendor"));
        JsonNode data = data(html);
        data.get("rows")
                .forEach(row -> assertTrue(row.get(field(data, "vendor")).isNull()));
    }

    @Test
    void aGpuSaysOfItselfBelowEachSequence() throws IOException {
        String html = page(TestBundles.gpu());
        assertTrue(html.contains("what the device said of itself at the end of each iteration"));
        JsonNode sequences = data(html).get("sequences");
        assertEquals(SequencePlots.MOST, sequences.size());
        int trouble = 0;
        for (JsonNode sequence : sequences) {
            for (JsonNode fork : sequence.get("forks")) {
                JsonNode told = fork.get("telemetry");
                assertEquals(fork.get("times").size(), told.get("at").size(), "the same iterations");
                assertEquals(
                        List.of("SM clock, MHz", "temperature, °C", "power, W"),
                        told.get("tracks").properties().stream()
                                .map(Map.Entry::getKey)
                                .toList());
                told.get("tracks")
                        .forEach(track -> assertEquals(fork.get("times").size(), track.size()));
                assertEquals(640, told.at("/tracks/power, W/0").asDouble(), "milliwatts as watts");
                for (JsonNode held : told.get("held")) {
                    trouble += held.path("trouble").asBoolean() ? 1 : 0;
                }
            }
        }
        assertEquals(5 * (SyntheticRun.WARMUPS + SyntheticRun.ITERATIONS - 5), trouble, "the case that throttles");
    }

    /** Every run on a GPU is asked whether heat held it back and whether it had stopped getting warmer. */
    @Test
    void aGpuSaysWhatBecameOfClocksAndHeat() throws IOException {
        String html = page(TestBundles.gpu());
        String text = TextReport.render(TestBundles.gpu());
        JsonNode gpu = new ObjectMapper()
                .readTree(JsonReport.render(TestBundles.gpu()))
                .path("gpu");
        assertTrue(html.contains("id=\"heat\""));
        for (String form : List.of(html, text)) {
            assertTrue(form.contains("Throttling: from "), form);
            assertTrue(form.contains("softwareThermalSlowdown)."), form);
            assertTrue(form.contains("Thermal steady state: "), form);
        }
        int throttled = 5 * (SyntheticRun.WARMUPS + SyntheticRun.ITERATIONS - 5);
        assertEquals(throttled, gpu.at("/throttling/held").asInt(), gpu.toString());
        assertTrue(gpu.at("/heat/temperatures").asInt() > 1000, gpu.toString());
    }

    @Test
    void aCpuHasNoTelemetryAndThePageSaysSo() throws IOException {
        String html = page();
        assertFalse(html.contains("id=\"heat\""));
        assertTrue(html.contains("No telemetry: clock, temperature and power are recorded of GPUs only."));
        assertFalse(html.contains("\"telemetry\":"));
        assertTrue(html.contains("No energy is recorded."));
    }

    /** The made-up device draws the same power all the time, so that a call's energy is its time times that power. */
    @Test
    void energyACallIsThePowerTimesItsTime() throws IOException {
        BundleReader bundle = BundleReader.open(TestBundles.gpu());
        CaseResult calm = bundle.allCases().stream()
                .filter(one -> one.timing() != null && one.timing().steadyNs() < 5e6)
                .findFirst()
                .orElseThrow();
        double joules = EnergyOfRun.of(bundle).of(calm.id()).joulesPerCall();
        // Iterations are of whole calls: of fifty or more, the last is cut off.
        assertEquals(SyntheticTelemetry.WATTS * calm.timing().steadyNs() / 1e9, joules, 0.03 * joules);
        assertTrue(page(TestBundles.gpu()).contains("<option value=\"joules\">"));
    }

    @Test
    void aPrecisionThatTheHardwareLacksIsInTheTradeOff() throws IOException {
        String html = page();
        List<String> unsupported = new ArrayList<>();
        for (JsonNode group : data(html).get("tradeOffs")) {
            for (JsonNode one : group.get("absent")) {
                if (one.get("support").asText().equals("unsupported")) {
                    unsupported.add(one.get("reason").asText());
                }
            }
        }
        assertTrue(unsupported.contains("oneDNN would run ref:any, which is never timed"), unsupported.toString());
        assertTrue(html.contains("<td>unsupported: oneDNN would run ref:any, which is never timed</td>"));
    }

    @Test
    void everyModelAndPhaseHasItsClassAndBound() throws IOException {
        String html = page();
        String map = html.substring(html.indexOf("table class=\"map phases\""));
        String llama = map.substring(map.indexOf(">llama-3-8b</th>"));
        llama = llama.substring(0, llama.indexOf("</tr>"));
        assertTrue(llama.contains("title=\"generative decode\">D</span>"), llama);
        assertTrue(llama.contains("title=\"understanding\">U</span>"), llama);
        assertTrue(llama.contains("title=\"mixed\">M</span>"), llama);
        assertTrue(llama.matches("(?s).*class=\"bounds\">[^<]*bandwidth.*"), llama);
        assertTrue(html.contains("1 case that names no model left out"), "the one with a hostile name");
    }

    @Test
    void tenThousandCasesFitInFifteenMegabytes() throws IOException {
        RunReport few = RunReport.of(BundleReader.open(TestBundles.quick()), Labeller.byProvenance());
        List<CaseRow> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(few.rows().get(i % few.rows().size()));
        }
        String html = HtmlReport.page(
                        new RunReport(
                                few.bundle(),
                                few.run(),
                                few.context(),
                                few.rooflines(),
                                many,
                                Detection.of(many, true, null),
                                null,
                                null),
                        List.of(),
                        Map.of())
                .render();
        assertTrue(html.length() < 15_000_000, html.length() + " characters");
        assertEquals(10_000, data(html).get("rows").size());
        assertTrue(data(html).get("tradeOffs").size() <= 4 * HtmlReport.MOST_SHAPES);
    }

    @Test
    void theFileIsWholeOrNotThere() throws IOException {
        Path html = folder.resolve("report.html");
        HtmlReport.write(TestBundles.partial(), html);
        assertTrue(Files.readString(html).endsWith("</html>\n"));
        assertEquals(1, Files.list(folder).count(), "nothing is left beside it");
    }

    private String page() throws IOException {
        return page(TestBundles.quick());
    }

    private String page(Path bundle) throws IOException {
        Path html = folder.resolve("report.html");
        HtmlReport.write(bundle, html);
        return Files.readString(html);
    }

    private static JsonNode data(String html) throws IOException {
        Matcher found = DATA.matcher(html);
        assertTrue(found.find());
        return new ObjectMapper().readTree(found.group(1));
    }

    private static int field(JsonNode data, String name) {
        for (int i = 0; i < data.get("fields").size(); i++) {
            if (data.get("fields").get(i).asText().equals(name)) {
                return i;
            }
        }
        throw new AssertionError("no field " + name);
    }
}
