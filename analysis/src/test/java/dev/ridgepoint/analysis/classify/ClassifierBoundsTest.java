package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.analysis.report.TableMarkers;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The figures the classifier must show, and that the page shows them as they are. */
class ClassifierBoundsTest {
    private static final ClassifierEvaluation DEV = ClassifierEvaluation.onDevelopmentCases();

    @Test
    void developmentCasesKeepEveryBound() {
        assertEquals(List.of(), DEV.bounds().stream().filter(b -> !b.kept()).toList());
        assertEquals(122, DEV.cases().size());
    }

    /**
     * Families the classifier never saw: their weights are in nobody's book, so masks and hints must do. Where they cannot,
     * it may be wrong, but sure of it only about cells: with the recurrent family the whole architecture is forgotten, and
     * nobody expects what he has never heard of.
     */
    @Test
    void familiesNeverSeenKeepTheBoundOnClasses() {
        Scores identifiable = DEV.strangers().where(LabelledCase::identifiableBlind);
        assertTrue(
                identifiable.right(Judged::classRight).value() >= .98,
                () -> identifiable.right(Judged::classRight).toString());
        Scores others = DEV.strangers().where(c -> c.phase() != Phase.RECURRENT_STEP);
        assertEquals(0, others.reliability().wrongWith(Scores.SURE).right());
    }

    @Test
    void baselinesAreFarBelow() {
        double best = Baselines.of(DEV.cases()).values().stream()
                .mapToDouble(p -> p.value())
                .max()
                .orElseThrow();
        assertTrue(best < .8, "a rule of one line would do: " + best);
    }

    @Test
    void pageShowsCurrentFigures() throws IOException {
        Path page = Path.of("CLASSIFIER.md");
        assertTrue(
                TableMarkers.isCurrent(page, EvaluationPage.MARKERS, EvaluationPage.figures()),
                "run EvaluationPage analysis/CLASSIFIER.md");
    }

    @Test
    void heldoutCasesKeepEveryBound() {
        List<Bound> missed = ClassifierEvaluation.onHeldoutCases().bounds().stream()
                .filter(b -> !b.kept())
                .toList();
        assertEquals(List.of(), missed);
    }

    @Test
    void casesByHandKeepEveryBound() {
        List<Bound> missed = ClassifierEvaluation.onCasesByHand().bounds().stream()
                .filter(b -> !b.kept())
                .toList();
        assertEquals(List.of(), missed);
    }

    @Test
    void noModelIsInTwoSetsOfCases() {
        Set<String> others = Stream.of(LabelledCases.development(), LabelledCases.heldout())
                .flatMap(List::stream)
                .map(ClassifierBoundsTest::model)
                .collect(Collectors.toSet());
        List<String> twice = LabelledCases.byHand().stream()
                .map(ClassifierBoundsTest::model)
                .filter(others::contains)
                .toList();
        assertEquals(List.of(), twice);
        assertEquals(109, LabelledCases.byHand().size());
    }

    private static String model(LabelledCase labelled) {
        return labelled.descriptor().context().model();
    }

    @Test
    void textAndJsonSayTheSame() {
        JsonNode json = DEV.toJson();
        String text = DEV.toText();
        for (JsonNode bound : json.get("bounds")) {
            assertTrue(text.contains(bound.get("name").asText()), bound.toString());
            assertTrue(text.contains(Figures.decimals(bound.get("value").asDouble(), 4)), bound.toString());
        }
        assertEquals(DEV.keepsBounds(), json.get("keepsBounds").asBoolean());
        assertTrue(text.contains("Risk when only the most confident"));
        assertTrue(json.at("/blind/classConfusion/UNDERSTANDING/UNDERSTANDING").asInt() > 50);
    }

    @Test
    void labelledCasesThatAreNoneAreRefusedByLine() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> LabelledCases.read(new StringReader("\n{\"id\":3}\n")));
        assertTrue(e.getMessage().startsWith("line 2: "), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> ClassifierEvaluation.of("none", List.of()));
    }

    /** An answer that ignores everything must not pass: the bounds can fail. */
    @Test
    void boundsCanBeMissed() {
        List<LabelledCase> mislabelled = DEV.cases().stream()
                .map(c -> new LabelledCase(
                        c.descriptor(),
                        WorkloadClass.MIXED,
                        c.phase(),
                        c.taskFamily(),
                        c.regime(),
                        c.acceptable(),
                        c.identifiable(),
                        c.hard(),
                        null,
                        c.reference()))
                .toList();
        assertFalse(ClassifierEvaluation.of("mislabelled", mislabelled).keepsBounds());
    }

    /** A file of cases that are all told by their shape has nothing to say of those that need context. */
    @Test
    void boundsOfNoCasesAreKeptAndSaySo() {
        List<LabelledCase> told =
                DEV.cases().stream().filter(LabelledCase::identifiableBlind).toList();
        ClassifierEvaluation evaluation = ClassifierEvaluation.of("told by shape", told);
        assertTrue(evaluation.keepsBounds());
        assertTrue(evaluation.toText().contains("no cases"), evaluation.toText());
        assertTrue(evaluation.toJson().at("/bounds/2/value").isNull());
    }

    @Test
    void labelsNobodyKnowsAreNamed() {
        String line = Lines.line("gemm", "'M':8,'N':8,'K':8", ",'labels':{'workload_class':'LAZY'}");
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> LabelledCases.read(new StringReader(line)));
        assertEquals("line 1: labels.workload_class: unknown 'LAZY'", e.getMessage());
    }
}
