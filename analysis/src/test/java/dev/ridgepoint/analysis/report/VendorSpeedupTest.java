package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.roofline.Ceilings;
import dev.ridgepoint.analysis.roofline.Roofline;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.CaseKeys;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Question;
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

    /** Four-bit weights are for being faster than the same product in bf16, not than another shape of it. */
    @Test
    void narrowWeightsAreHeldAgainstWideOnes() {
        CaseRow vendor = asking("gemm/vendor_any_cublas", slower, "bf16", 4096, "cold");
        CaseRow narrow = asking("gemm/sm80_w4a16_g128_skinny", ours, "w4a16_g128", 4096, "cold");
        CaseRow larger = asking("gemm/sm80_w4a16_g128_skinny", ours, "w4a16_g128", 8192, "cold");
        CaseRow warm = asking("gemm/sm80_w4a16_g128_skinny", ours, "w4a16_g128", 4096, "warm");
        CaseRow fp16 = asking("gemm/sm80_fp16_mma", ours, "fp16", 4096, "cold");
        VendorSpeedup speedup = new VendorSpeedup(List.of(vendor, narrow, larger, warm, fp16));
        double expected = slower.timing().steadyNs() / ours.timing().steadyNs();
        assertEquals(expected, speedup.overWideWeights(narrow).orElseThrow());
        assertTrue(speedup.of(narrow).isEmpty(), "it is another question");
        assertEquals(String.format(Locale.ROOT, "%.2fx bf16", expected), speedup.words(narrow));
        for (CaseRow other : List.of(vendor, larger, warm, fp16)) {
            assertTrue(
                    speedup.overWideWeights(other).isEmpty(),
                    other.result().question().toString());
        }
    }

    private CaseRow asking(String kernel, CaseResult timed, String precision, int n, String cacheState) {
        CaseResult plain = row(kernel, timed, VALID).result();
        Question question = Question.of(
                new GemmProblem(GemmShape.of(1, n, 4096), Precision.parse(precision)),
                "device-event",
                cacheState,
                new Question.Inputs("normal", 1, null));
        CaseResult result = new CaseResult(
                plain.id() + precision + n + cacheState,
                CaseKeys.of(question),
                question,
                plain.subject(),
                plain.provenance(),
                plain.work(),
                plain.outcome(),
                VALID);
        Roofline roofline = new Roofline("fp32", new Ceilings(null, null), new Ceilings(1e9, 1e9), 0, 0);
        return new CaseRow(
                result,
                CaseLabel.UNKNOWN,
                roofline.read(result.work(), result.timing().steadyNs(), "cold"));
    }

    @Test
    void withoutAVendorThereIsNoColumn() {
        String text =
                CaseTables.wide(List.of(row("gemm/sm80_bf16_mma", ours, VALID))).plain(400);
        assertFalse(text.contains("vendor"), text);
    }
}
