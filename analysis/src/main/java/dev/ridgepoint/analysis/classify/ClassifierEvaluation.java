package dev.ridgepoint.analysis.classify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges the classifier by labelled cases, blind (shape and hints) and with context, and says so in text or JSON.
 *
 * <p>Agreement on the regime is a conformance test of formulas, because the labels are computed by the same arithmetic; it is
 * no evidence that a kernel is really limited so.
 */
public final class ClassifierEvaluation {
    private final String name;
    private final List<LabelledCase> cases;
    private final Scores blind;
    private final Scores informed;
    private final Scores strangers;

    private ClassifierEvaluation(String name, List<LabelledCase> cases) {
        this.name = name;
        this.cases = cases;
        this.blind = Scores.of(cases, Classifier.standard(), true);
        this.informed = Scores.of(cases, Classifier.standard(), false);
        this.strangers = new Scores(FamilyHoldout.judge(cases, true));
    }

    /** Judges by any labelled cases. */
    public static ClassifierEvaluation of(String name, List<LabelledCase> cases) {
        if (cases.isEmpty()) {
            throw new IllegalArgumentException(name + ": no labelled cases");
        }
        return new ClassifierEvaluation(name, cases);
    }

    /** Judges by the cases the tables were built on. */
    public static ClassifierEvaluation onDevelopmentCases() {
        return of("development cases", LabelledCases.development());
    }

    /** Judges by drawn cases of other models. */
    public static ClassifierEvaluation onHeldoutCases() {
        return of("held-out cases", LabelledCases.heldout());
    }

    /** Judges by cases of further models, written by hand. */
    public static ClassifierEvaluation onCasesByHand() {
        return of("cases by hand", LabelledCases.byHand());
    }

    /** Whether every bound is kept. */
    public boolean keepsBounds() {
        return bounds().stream().allMatch(Bound::kept);
    }

    /** For people. */
    public String toText() {
        return new EvaluationText(this).render();
    }

    /** For programs. */
    public ObjectNode toJson() {
        return EvaluationJson.write(this);
    }

    String name() {
        return name;
    }

    List<LabelledCase> cases() {
        return cases;
    }

    List<Bound> bounds() {
        return Bound.of(blind, informed);
    }

    /** Both ways of asking, by name. */
    Map<String, Scores> ways() {
        return new TreeMap<>(Map.of("blind", blind, "with context", informed));
    }

    /** Blind answers to each family by a classifier that never saw it. */
    Scores strangers() {
        return strangers;
    }
}
