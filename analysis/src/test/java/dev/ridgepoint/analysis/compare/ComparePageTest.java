package dev.ridgepoint.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.analysis.report.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of a comparison holds, whoever draws it. */
class ComparePageTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private static Comparison bundles() throws IOException {
        return Compare.of(TestBundles.quick(), TestBundles.laterBuild(), CompareOptions.standard());
    }

    private Comparison files(int benchmarks) throws IOException {
        return Compare.of(
                JmhFiles.base(folder.resolve("base.json"), benchmarks),
                JmhFiles.candidate(folder.resolve("candidate.json"), benchmarks),
                CompareOptions.standard());
    }

    @Test
    void theGateIsSaidFirstAndEveryCaseIsThere() throws IOException {
        Comparison comparison = bundles();
        String html = ComparePage.page(comparison).render();
        assertTrue(html.contains("gate NOT clean"));
        assertTrue(html.indexOf(CompareWords.gate(comparison)) < html.indexOf("id=\"overview\""));
        JsonNode rows = data(html).get("rows");
        assertEquals(comparison.cases().size(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            CaseVerdict one = comparison.cases().get(i);
            assertEquals(data(html).get("fields").size(), rows.get(i).size());
            assertEquals(one.verdict().name(), rows.get(i).get(3).asText());
            assertEquals(one.figures() == null, rows.get(i).get(4).isNull());
            assertTrue(rows.get(i).toString().contains(one.reasons().get(0).name()));
        }
        assertTrue(html.contains("/build/gitSha"), "what differs, by its field");
        assertTrue(html.contains("4 of 66 cases have no ratio and are not drawn"));
    }

    @Test
    void itLoadsNothingAndNamesStayText() throws IOException {
        String html = ComparePage.page(bundles()).render();
        assertFalse(Pattern.compile("<(link|img|iframe|script[^>]*\\ssrc)", Pattern.CASE_INSENSITIVE)
                .matcher(html.replaceAll("(?s)<script.*?</script>", ""))
                .find());
        assertTrue(html.contains("default-src 'none'"));
        assertFalse(html.contains("<script>document.title"));
        assertEquals(4, Pattern.compile("</script>").matcher(html).results().count(), "errors, data, library, ours");
    }

    @Test
    void ofPlainFilesItSaysWhatCouldNotBeChecked() throws IOException {
        String html = ComparePage.page(files(40)).render();
        assertTrue(html.contains("base of grade D"));
        assertTrue(html.contains("context not checked"));
        assertTrue(html.contains("Not checked, for want of a bundle: correctness of what was timed, device, inputs"));
    }

    /** Ratios may be drawn between two lines only where all are judged by one margin. */
    @Test
    void marginsThatDifferByCaseAreNotDrawnAsOne() throws IOException {
        Margins wider = new Margins() {
            @Override
            public double of(String family, double usual) {
                return family.startsWith("gemm") ? 0.07 : usual;
            }

            @Override
            public String sentence() {
                return "Products have a margin of 7 %.";
            }
        };
        CompareOptions options = new CompareOptions(CompareOptions.MARGIN, false, Set.of(), wider);
        String html = ComparePage.page(Compare.of(TestBundles.quick(), TestBundles.laterBuild(), options))
                .render();
        assertTrue(html.contains("Cases have margins of their own"));
        assertTrue(html.contains("Products have a margin of 7 %."));
        assertTrue(data(html).get("margin").isNull());
        assertEquals(
                0.03, data(ComparePage.page(bundles()).render()).get("margin").asDouble());
    }

    @Test
    void aRunAgainstItselfHasNoMoreThanItsControl() throws IOException {
        Comparison same = Compare.of(TestBundles.quick(), TestBundles.quick(), CompareOptions.standard());
        String html = ComparePage.page(same).render();
        assertTrue(html.contains("gate NOT clean"), "an incorrect case stays incorrect");
        assertTrue(html.contains("No field of context or protocol differs."));
    }

    @Test
    void tenThousandCasesFitInFifteenMegabytes() throws IOException {
        String html = ComparePage.page(files(10_000)).render();
        assertTrue(html.length() < 15_000_000, html.length() + " characters");
        assertEquals(10_000, data(html).get("rows").size());
        assertEquals(12, data(html).get("groups").size(), "by the class of the benchmark");
    }

    @Test
    void theFileIsWholeOrNotThere() throws IOException {
        Path html = Files.createDirectory(folder.resolve("page")).resolve("compare.html");
        ComparePage.write(bundles(), html);
        assertTrue(Files.readString(html).endsWith("</html>\n"));
        assertEquals(1, Files.list(html.getParent()).count(), "nothing is left beside it");
    }

    private static JsonNode data(String html) throws IOException {
        Matcher found = DATA.matcher(html);
        assertTrue(found.find());
        return new ObjectMapper().readTree(found.group(1));
    }
}
