package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.roofline.Ceilings;
import dev.ridgepoint.analysis.roofline.Roofline;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Validity;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaseRowTest {
    private CaseResult measured;

    @BeforeEach
    void read() throws IOException {
        measured = BundleReader.open(TestBundles.quick()).allCases().get(0);
    }

    @Test
    void aValidFigureHasNoFlag() {
        CaseRow row = row(measured.validity(), 1000);
        assertTrue(row.valid());
        assertEquals("", row.flags());
        assertEquals(List.of(), row.objections());
    }

    @Test
    void eachFaultHasItsLetter() {
        assertEquals(
                "U",
                row(new Validity(false, "no", true, true, List.of("unsteady")), 1000)
                        .flags());
        assertEquals(
                "T",
                row(new Validity(true, "yes", true, true, List.of("throttled")), 1000)
                        .flags());
        assertEquals(
                "F",
                row(new Validity(true, "no", false, true, List.of("few")), 1000).flags());
        assertEquals(
                "P",
                row(new Validity(true, "no", true, false, List.of("fast")), 1000)
                        .flags());
        assertEquals(
                "X",
                row(new Validity(true, "no", true, true, List.of("another reason")), 1000)
                        .flags());
        assertEquals(
                "UTFP",
                row(new Validity(false, "yes", false, false, List.of("all")), 1000)
                        .flags());
    }

    /** A bundle may call a figure valid that its own ceilings refute. */
    @Test
    void theCeilingsHaveTheirSay() {
        CaseRow row = row(new Validity(true, "no", true, true, List.of()), 1);
        assertFalse(row.valid());
        assertEquals("P", row.flags());
        assertTrue(
                row.objections().get(0).contains("above the measured fp32 ceiling of 1.000"),
                row.objections().toString());
    }

    private CaseRow row(Validity validity, double gflops) {
        CaseResult result = new CaseResult(
                measured.id(),
                measured.caseKey(),
                measured.question(),
                measured.subject(),
                measured.provenance(),
                measured.work(),
                measured.outcome(),
                validity);
        Roofline roofline = new Roofline("fp32", new Ceilings(null, null), new Ceilings(gflops, 1000.0), 0, 0);
        return new CaseRow(
                result,
                CaseLabel.UNKNOWN,
                roofline.read(result.work(), result.timing().steadyNs(), "cold"));
    }
}
