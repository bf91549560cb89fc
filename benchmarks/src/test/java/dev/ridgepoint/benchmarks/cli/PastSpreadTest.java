package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastSpreadTest {
    private static final Path PUBLISHED = Path.of("..", "results", "published", "amd-epyc-cpu-quick");

    /** What the published run says its own comparisons would show is what it promises the next run of as many forks. */
    @Test
    void promisesWhatTheLastRunOnTheMachineCouldShow() throws IOException {
        BundleReader past = BundleReader.open(PUBLISHED);
        List<Double> own = past.allCases().stream()
                .map(CaseResult::timing)
                .filter(Objects::nonNull)
                .map(timing -> 100 * timing.mde())
                .sorted()
                .toList();
        int forks = past.run().protocol().forks();
        String said = PastSpread.sentence(PUBLISHED.resolveSibling("next"), past.context(), forks);
        Matcher figures = Pattern.compile("([0-9.]+) % in its median case, ([0-9.]+) % in its worst")
                .matcher(said);
        assertTrue(figures.find() && said.contains("amd-epyc-cpu-quick, " + own.size() + " cases"), said);
        assertClose(own.get(own.size() / 2), Double.parseDouble(figures.group(1)));
        assertClose(own.get(own.size() - 1), Double.parseDouble(figures.group(2)));
    }

    /** Variation of fork means and of their logarithms differ in the second order. */
    private static void assertClose(double expected, double found) {
        assertEquals(expected, found, 0.25 * expected);
    }

    /** Of two cases neither is the median. */
    @Test
    void theMedianOfTwoCasesLiesBetweenThem(@TempDir Path folder) throws IOException {
        Path run = new MadeRun()
                .with(MadeCase.of(1, 5, 1000).forks(new double[] {1000, 1000, 1000, 1000, 1001}))
                .with(MadeCase.of(2, 5, 1000).forks(new double[] {900, 950, 1000, 1050, 1100}))
                .write(folder.resolve("run"));
        BundleReader past = BundleReader.open(run);
        Matcher figures = Pattern.compile("([0-9.]+) % in its median case, ([0-9.]+) % in its worst")
                .matcher(PastSpread.sentence(folder.resolve("next"), past.context(), 5));
        assertTrue(figures.find());
        double worst = Double.parseDouble(figures.group(2));
        assertEquals(worst / 2, Double.parseDouble(figures.group(1)), 0.1 * worst);
    }

    @Test
    void saysNothingWhereNothingIsKnown(@TempDir Path empty) throws IOException {
        BundleReader past = BundleReader.open(PUBLISHED);
        assertEquals("", PastSpread.sentence(empty.resolve("first"), past.context(), 5));
        assertEquals("", PastSpread.sentence(PUBLISHED, past.context(), 5), "a run is not its own past");
    }
}
