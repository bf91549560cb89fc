package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.report.TableMarkers;
import java.io.IOException;
import java.nio.file.Path;

/** The figures of CLASSIFIER.md, which are written and never typed. */
public final class EvaluationPage {
    /** Name of the markers they stand between; see {@link TableMarkers}. */
    static final String MARKERS = "classifier";

    private EvaluationPage() {}

    /** Writes the figures into a page: {@code EvaluationPage analysis/CLASSIFIER.md}. */
    public static void main(String[] args) throws IOException {
        TableMarkers.update(Path.of(args[0]), MARKERS, figures());
    }

    /** What is to stand between the markers. */
    static String figures() {
        return of(ClassifierEvaluation.onDevelopmentCases())
                + of(ClassifierEvaluation.onHeldoutCases())
                + of(ClassifierEvaluation.onCasesByHand());
    }

    private static String of(ClassifierEvaluation evaluation) {
        StringBuilder text = new StringBuilder();
        text.append("\n### On ")
                .append(evaluation.name())
                .append(" (")
                .append(evaluation.cases().size())
                .append(")\n\n");
        text.append(EvaluationText.bounds(evaluation).markdown());
        evaluation.ways().forEach((name, scores) -> way(name, scores, text));
        text.append("\nBlind, each family by a classifier that never saw it:\n\n");
        text.append(EvaluationText.axes(evaluation.strangers()).markdown());
        text.append("\nWhat two simple rules get right of the same cases:\n\n");
        text.append(EvaluationText.proportions("rule", Baselines.of(evaluation.cases()))
                .markdown());
        return text.toString();
    }

    private static void way(String name, Scores scores, StringBuilder text) {
        text.append("\nAnswered ").append(name).append(": log loss ").append(Figures.decimals(scores.logLoss(), 3));
        text.append(", Brier ").append(Figures.decimals(scores.brier(), 3)).append(".\n\n");
        text.append(EvaluationText.axes(scores).markdown());
        text.append("\nClass, truth down and answer across:\n\n");
        text.append(EvaluationText.matrix(scores.classes()).markdown());
    }
}
