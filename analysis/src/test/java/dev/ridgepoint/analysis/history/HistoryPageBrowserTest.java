package dev.ridgepoint.analysis.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.report.Browser;
import dev.ridgepoint.analysis.report.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history as a browser shows it: no error, no empty chart, nothing wider than the window. */
class HistoryPageBrowserTest {
    private static final class Runs {
        static final List<Path> FOLDERS = TestBundles.days(20, 12);
    }

    @TempDir
    private Path folder;

    private Path browser;
    private Path html;

    @BeforeEach
    void write() throws IOException {
        browser = Browser.required();
        html = folder.resolve("history.html");
        HistoryPage.write(History.of(Runs.FOLDERS, 0.01), html);
    }

    @Test
    void everyCaseIsDrawnWithoutAnError() throws IOException {
        assertTrue(Files.readString(html).contains("<td>12, 2026-11-12T10:00:00Z</td>"), "the change is named");
        assertEquals(List.of(), Browser.problemsOfCharts(browser, html, folder, 1400));
    }

    @Test
    void aNarrowWindowHoldsItToo() throws IOException {
        assertEquals(List.of(), Browser.problemsOfCharts(browser, html, folder, 500));
    }

    /** The check must be able to fail: a case without its points. */
    @Test
    void anEmptyChartIsFound() throws IOException {
        Browser.sabotage(html, "\"ns\":\\[[^]]*]", "\"ns\":[]");
        List<String> problems = Browser.problemsOfCharts(browser, html, folder, 1400);
        assertTrue(problems.stream().anyMatch(problem -> problem.contains("history-0")), problems.toString());
    }

    /** The check must be able to fail: a script error. */
    @Test
    void aBrokenPageIsFound() throws IOException {
        Browser.sabotage(html, "\"histories\":", "\"no histories\":");
        assertEquals(
                List.of("the page did not come to its self-check"),
                Browser.problemsOfCharts(browser, html, folder, 1400));
    }
}
