package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as a browser shows it: no error, no empty chart, nothing wider than the window. */
class HtmlReportBrowserTest {
    @TempDir
    private Path folder;

    private Path browser;
    private Path html;

    @BeforeEach
    void write() throws IOException {
        browser = Browser.required();
        html = folder.resolve("report.html");
        HtmlReport.write(TestBundles.quick(), html);
    }

    @Test
    void everyChartIsDrawnWithoutAnError() throws IOException {
        assertEquals(List.of(), Browser.problems(browser, html, folder, 1280));
    }

    /** Sequences with telemetry below them, a trade-off with energy. */
    @Test
    void theTelemetryOfAGpuIsDrawn() throws IOException {
        HtmlReport.write(TestBundles.gpu(), html);
        assertEquals(List.of(), Browser.problems(browser, html, folder, 1280));
    }

    /** Beside the vendor's kernel a column says how many times as fast ours is; a run without it has no such column. */
    @Test
    void theVendorsKernelHasAColumn() throws IOException {
        assertFalse(Browser.columns(browser, html, folder).contains("vs vendor"));
        HtmlReport.write(TestBundles.gpu(), html);
        assertTrue(Browser.columns(browser, html, folder).contains("vs vendor"));
    }

    /** The check must be able to fail: a column that rows know nothing of. */
    @Test
    void aRowWithoutACellIsFound() throws IOException {
        Browser.sabotage(html, "<table id=\"cases\"><thead>", "$0<tr><th>one too many</th></tr>");
        assertTrue(
                Browser.problems(browser, html, folder, 1280).stream()
                        .anyMatch(problem -> problem.contains("rows have other cells")),
                "a row of one cell too few");
    }

    /** The check must be able to fail: a track of the strip that lost its values. */
    @Test
    void anEmptyStripIsFound() throws IOException {
        HtmlReport.write(TestBundles.gpu(), html);
        Browser.sabotage(html, "\"temperature, °C\":\\[44[^]]*]", "\"temperature, °C\":[]");
        List<String> problems = Browser.problems(browser, html, folder, 1280);
        assertTrue(
                problems.stream().anyMatch(problem -> problem.startsWith("chart has an empty line")),
                problems.toString());
    }

    /** What was only counted has nothing to draw and nothing to cite, and no error comes of it. */
    @Test
    void aSimulatedRunDrawsNothing() throws IOException {
        HtmlReport.write(TestBundles.emulated(), html);
        assertEquals(
                List.of("no chart was drawn", "an opened case shows no facts or no citation"),
                Browser.problems(browser, html, folder, 1280));
    }

    /** Thousands of points go to a canvas, and the window is narrow. */
    @Test
    void aLargeRunIsDrawnToo() throws IOException {
        BundleReader bundle = BundleReader.open(TestBundles.quick());
        RunReport few = RunReport.of(bundle, Labeller.byProvenance());
        List<CaseRow> many = Collections.nCopies(40, few.rows()).stream()
                .flatMap(List::stream)
                .toList();
        RunReport report = new RunReport(
                few.bundle(),
                few.run(),
                few.context(),
                few.rooflines(),
                many,
                Detection.of(many, true, null),
                null,
                null);
        Files.writeString(
                html,
                HtmlReport.page(
                                report,
                                SequencePlots.read(bundle, few.measured().subList(0, 2)),
                                Map.of())
                        .render());
        assertEquals(List.of(), Browser.problems(browser, html, folder, 500));
    }

    /** The check must be able to fail: an empty chart. */
    @Test
    void anEmptyChartIsFound() throws IOException {
        Browser.sabotage(html, "\"times\":\\[[^]]*]", "\"times\":[]");
        List<String> problems = Browser.problems(browser, html, folder, 1280);
        assertTrue(problems.stream().anyMatch(problem -> problem.contains("sequence-0")), problems.toString());
    }

    /** The check must be able to fail: a script that is not ours is refused, and the refusal is an error. */
    @Test
    void aForeignScriptIsRefusedAndFound() throws IOException {
        Browser.sabotage(html, "<main>", "<main><script>document.title = 'owned'</script>");
        List<String> problems = Browser.problems(browser, html, folder, 1280);
        assertTrue(
                problems.stream().anyMatch(problem -> problem.startsWith("policy: script-src")), problems.toString());
    }

    /** The check must be able to fail: data the scripts stumble over. */
    @Test
    void aBrokenPageIsFound() throws IOException {
        Browser.sabotage(html, "\"fields\":", "\"no fields\":");
        assertEquals(List.of("the page did not come to its self-check"), Browser.problems(browser, html, folder, 1280));
    }
}
