package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.steady.SteadyState.Course;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequencePlotsTest {

    @Test
    void theTroubledComeFirst() throws IOException {
        BundleReader bundle = BundleReader.open(TestBundles.quick());
        RunReport report = RunReport.of(bundle, Labeller.byProvenance());
        List<SequencePlots.Sequence> shown = SequencePlots.read(bundle, SequencePlots.choose(report.measured()));
        assertEquals(SequencePlots.MOST, shown.size());
        assertEquals(3, shown.get(0).row().timing().unsteadyForks(), "the drifting case");
        assertEquals(Course.NO_STEADY_STATE, shown.get(0).verdict(0).course());
        assertEquals(Course.FLAT, shown.get(0).verdict(1).course());
        assertEquals(Course.WARMUP, shown.get(1).verdict(0).course(), "warm-up that ran into the measurement");
        assertEquals(Course.SLOWDOWN, shown.get(2).verdict(0).course(), "then the slowdown");
        shown.forEach(sequence -> sequence.forks()
                .values()
                .forEach(lines -> assertEquals(SyntheticRun.WARMUPS + SyntheticRun.ITERATIONS, lines.size())));
    }

    @Test
    void whatIsNotShownIsSaid() {
        assertTrue(
                SequencePlots.note(24, 10_000).startsWith("24 of 10,000 measured cases: those with forks that never"));
        assertEquals("All 7 measured cases.", SequencePlots.note(7, 7));
    }
}
