package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CitationTest {
    private static RunDocument run;
    private static Context context;
    private static List<CaseResult> cases;

    @BeforeAll
    static void read() throws IOException {
        BundleReader bundle = BundleReader.open(TestBundles.quick());
        run = bundle.run();
        context = bundle.context();
        cases = bundle.allCases();
    }

    @Test
    void oneLineCarriesTheWholeContext() {
        CaseResult first = cases.get(0);
        String line = Citation.of(run, context, first).line();
        assertEquals(1, line.lines().count());
        for (String part : List.of(
                first.id(),
                Numbers.time(first.timing().steadyNs()),
                "±",
                "95 % CI",
                "5 forks",
                "TFLOP/s",
                first.subject().kernel(),
                run.runId(),
                "Intel Xeon Platinum 8481C (CPU, not GPU)",
                "oneDNN 3.11.0",
                "JDK 17.0.17",
                "2026-11-21T10:00:00Z",
                "protocol quick/1",
                "(complete)")) {
            assertTrue(line.contains(part), part + " is missing from: " + line);
        }
        assertFalse(line.contains("NOT VALID"));
    }

    @Test
    void aFlaggedFigureSaysSo() {
        CaseResult implausible = cases.stream()
                .filter(c -> c.validity() != null && !c.validity().plausible())
                .findFirst()
                .orElseThrow();
        String line = Citation.of(run, context, implausible).line();
        assertTrue(line.contains("NOT VALID: ") && line.contains("above the measured"), line);
    }

    @Test
    void whatHasNoTimeCannotBeCited() {
        for (CaseResult result : cases) {
            if (result.timing() == null) {
                String message = assertThrows(IllegalArgumentException.class, () -> Citation.of(run, context, result))
                        .getMessage();
                assertTrue(
                        message.contains("has no time to cite: its outcome is "
                                + result.outcome().kind()),
                        message);
            }
        }
    }

    @Test
    void aBareNumberIsRefused() {
        refuses("date", copy(run, run.runId(), null), context);
        refuses("run id", copy(run, "", run.started()), context);
        refuses("software stack", run, withoutSoftware(context));
    }

    private static void refuses(String what, RunDocument document, Context place) {
        String message = assertThrows(IllegalArgumentException.class, () -> Citation.of(document, place, cases.get(0)))
                .getMessage();
        assertEquals("refused to cite a bare number: the run does not say its " + what, message);
    }

    private static RunDocument copy(RunDocument from, String runId, String started) {
        return RunDocument.starting(runId, null, started, from.argv(), from.suite(), from.plan(), from.protocol())
                .withContext(from.contextSha256());
    }

    private static Context withoutSoftware(Context from) {
        return new Context(
                from.schema(),
                from.device(),
                null,
                from.host(),
                from.build(),
                from.peaks(),
                from.observed(),
                from.doctor(),
                Map.of());
    }
}
