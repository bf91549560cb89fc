package dev.ridgepoint.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.report.Browser;
import dev.ridgepoint.analysis.report.TestBundles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison as a browser shows it: no error, no empty chart, nothing wider than the window. */
class ComparePageBrowserTest {
    @TempDir
    private Path folder;

    private Path browser;
    private Path html;

    @BeforeEach
    void write() throws IOException {
        browser = Browser.required();
        html = folder.resolve("compare.html");
        ComparePage.write(Compare.of(TestBundles.quick(), TestBundles.laterBuild(), CompareOptions.standard()), html);
    }

    @Test
    void everyRatioIsDrawnWithoutAnError() throws IOException {
        assertEquals(List.of(), Browser.problemsOfTable(browser, html, folder, 1400));
    }

    /** Thousands of points go to a canvas, and the window is narrow. */
    @Test
    void aLargeComparisonIsDrawnToo() throws IOException {
        ComparePage.write(
                Compare.of(
                        JmhFiles.base(folder.resolve("base.json"), 3000),
                        JmhFiles.candidate(folder.resolve("candidate.json"), 3000),
                        CompareOptions.standard()),
                html);
        assertEquals(List.of(), Browser.problemsOfTable(browser, html, folder, 500));
    }

    /** The check must be able to fail: rows whose symbols cannot be drawn. */
    @Test
    void anEmptyForestIsFound() throws IOException {
        Browser.sabotage(html, "\"(SLOWER|FASTER|EQUIVALENT|INCONCLUSIVE)\",([0-9])", "\"UNHEARD_OF\",$2");
        List<String> problems = Browser.problemsOfTable(browser, html, folder, 1400);
        assertTrue(problems.stream().anyMatch(problem -> problem.contains("\"forest\"")), problems.toString());
        assertTrue(problems.stream().anyMatch(problem -> problem.contains("\"glance-chart\"")), problems.toString());
    }

    /** The check must be able to fail: data the scripts stumble over. */
    @Test
    void aBrokenPageIsFound() throws IOException {
        Browser.sabotage(html, "\"groups\":", "\"no groups\":");
        assertEquals(
                List.of("the page did not come to its self-check"),
                Browser.problemsOfTable(browser, html, folder, 1400));
    }
}
