package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionTest {

    @Test
    void theSentenceNamesTheChangeThatFourOfFiveCasesWouldShow() throws IOException {
        List<CaseRow> rows = RunReport.of(BundleReader.open(TestBundles.quick()), Labeller.byProvenance())
                .rows();
        Detection detection = Detection.of(rows, true, null);
        long shown = rows.stream()
                .filter(CaseRow::valid)
                .filter(row -> row.timing().mde() <= detection.inMostCases())
                .count();
        long shownByLess = rows.stream()
                .filter(CaseRow::valid)
                .filter(row -> row.timing().mde() < detection.inMostCases())
                .count();
        assertTrue(shown >= 0.8 * detection.cases() && shownByLess < 0.8 * detection.cases());
        assertTrue(detection.canGate());
        assertTrue(detection.sentence().endsWith("; can gate at that margin."), detection.sentence());
    }

    @Test
    void fewForksOrAPartialRunCannotGate() {
        assertFalse(new Detection(10, 4, 0.05, true, null).canGate());
        assertFalse(new Detection(10, 5, 0.05, false, null).canGate());
        assertTrue(new Detection(10, 5, 0.05, true, null).canGate());
        assertTrue(new Detection(10, 5, 0.05, false, null).sentence().contains("cannot gate: the run is partial"));
        assertTrue(new Detection(10, 3, 0.05, true, null).sentence().contains("takes 5 forks"));
    }

    @Test
    void whatNoGateMayTakeForItsBaseSaysWhy() {
        Detection dirty = new Detection(10, 5, 0.05, true, "the working tree was dirty");
        assertTrue(
                dirty.sentence()
                        .endsWith(
                                "; can gate at that margin as a candidate, not as a base: the working tree was dirty."),
                dirty.sentence());
    }

    @Test
    void withoutSpreadOrFiguresNothingIsPromised() {
        assertEquals(
                "One fork a case shows no spread, so no change could be detected; cannot gate.",
                new Detection(10, 1, null, true, null).sentence());
        assertEquals(
                "No valid figure, so no change could be detected; cannot gate.",
                Detection.of(List.of(), true, null).sentence());
    }
}
