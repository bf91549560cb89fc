package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
                full.bundle(), full.run(), full.context(), full.rooflines(), untimed, Detection.of(untimed, true));
        String html = HtmlReport.page(report, List.of(), Map.of()).render();
        assertTrue(html.contains("No case was measured."));
        assertTrue(html.contains("No valid figure, so no change could be detected; cannot gate."));
        assertFalse(html.contains("id=\"roofline-chart\""));
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
                                Detection.of(many, true)),
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
        Path html = folder.resolve("report.html");
        HtmlReport.write(TestBundles.quick(), html);
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
