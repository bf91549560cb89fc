package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.roofline.Ceilings;
import dev.ridgepoint.analysis.roofline.Roofline;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Subject;
import dev.ridgepoint.results.Validity;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bundle's own case, and another's time as if it were the vendor's of the same question. */
class VendorSpeedupTest {
    private static final Validity VALID = new Validity(true, "no", true, true, List.of());
    private static final Validity THROTTLED = new Validity(true, "yes", true, true, List.of("throttled"));

    private CaseResult ours;
    private CaseResult slower;

    @BeforeEach
    void read() throws IOException {
        List<CaseResult> measured = BundleReader.open(TestBundles.quick()).allCases().stream()
                .filter(result -> result.timing() != null)
                .toList();
        ours = measured.get(0);
        slower = measured.stream()
                .filter(result -> result.timing().steadyNs() > 2 * ours.timing().steadyNs())
                .findFirst()
                .orElseThrow();
    }

    private CaseRow row(String kernel, CaseResult timed, Validity validity) {
        Subject subject = ours.subject();
        CaseResult result = new CaseResult(
                ours.id() + kernel,
                ours.caseKey(),
                ours.question(),
                new Subject(
                        kernel,
                        subject.backend(),
                        subject.driver(),
                        subject.arch(),
                        subject.implementation(),
                        subject.support(),
                        subject.buildDigest()),
                ours.provenance(),
                ours.work(),
                timed.outcome(),
                validity);
        Roofline roofline = new Roofline("fp32", new Ceilings(null, null), new Ceilings(1e9, 1e9), 0, 0);
        return new CaseRow(
                result,
                CaseLabel.UNKNOWN,
                roofline.read(result.work(), result.timing().steadyNs(), "cold"));
    }

    @Test
    void isTheVendorsTimeOverOurs() {
        CaseRow vendor = row("gemm/vendor_any_cublas", slower, VALID);
        CaseRow mine = row("gemm/sm80_bf16_mma", ours, VALID);
        VendorSpeedup speedup = new VendorSpeedup(List.of(vendor, mine));
        double expected = slower.timing().steadyNs() / ours.timing().steadyNs();
        assertEquals(expected, speedup.of(mine).orElseThrow());
        assertTrue(expected > 2);
        assertTrue(speedup.of(vendor).isEmpty(), "it is not held against itself");
        String text = CaseTables.wide(List.of(vendor, mine)).plain(400);
        assertTrue(text.contains("vs vendor"), text);
        assertTrue(text.contains(String.format(Locale.ROOT, "%.2fx", expected)), text);
    }

    @Test
    void neitherAFigureThatIsNoHeadlineNorAnotherQuestionHasOne() {
        CaseRow mine = row("gemm/sm80_bf16_mma", ours, VALID);
        assertTrue(new VendorSpeedup(List.of(row("gemm/vendor_any_cublas", slower, THROTTLED), mine)).isEmpty());
        CaseRow vendor = row("gemm/vendor_any_cublas", slower, VALID);
        assertTrue(new VendorSpeedup(List.of(vendor))
                .of(row("gemm/sm80_bf16_mma", ours, THROTTLED))
                .isEmpty());
        CaseRow other = new CaseRow(slower, CaseLabel.UNKNOWN, mine.reading());
        assertTrue(new VendorSpeedup(List.of(vendor, other)).of(other).isEmpty());
    }

    @Test
    void withoutAVendorThereIsNoColumn() {
        String text =
                CaseTables.wide(List.of(row("gemm/sm80_bf16_mma", ours, VALID))).plain(400);
        assertFalse(text.contains("vendor"), text);
    }
}
