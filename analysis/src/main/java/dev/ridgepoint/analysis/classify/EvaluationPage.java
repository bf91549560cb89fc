package dev.ridgepoint.analysis.classify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the tables of a page current: what stands between its markers is written, never typed. */
final class EvaluationPage {
    private static final String BEGIN = "<!-- figures: begin -->\n";
    private static final String END = "<!-- figures: end -->";

    private EvaluationPage() {}

    /** Writes the tables into a page. */
    static void update(Path page) throws IOException {
        String before = Files.readString(page, StandardCharsets.UTF_8);
        Files.writeString(page, updated(before), StandardCharsets.UTF_8);
    }

    /**
     * The page with current tables.
     *
     * @throws IllegalArgumentException where a marker is missing
     */
    static String updated(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("page: markers 'figures: begin' and 'figures: end' are missing");
        }
        return page.substring(0, begin + BEGIN.length()) + tables() + page.substring(end);
    }

    private static String tables() {
        return tables(ClassifierEvaluation.onDevelopmentCases()) + tables(ClassifierEvaluation.onHeldoutCases());
    }

    private static String tables(ClassifierEvaluation evaluation) {
        StringBuilder text = new StringBuilder(
                "\n### On " + evaluation.name() + " (" + evaluation.cases().size() + ")\n\n");
        text.append(EvaluationText.bounds(evaluation).markdown());
        evaluation
                .ways()
                .forEach((name, scores) -> text.append("\nAnswered ")
                        .append(name)
                        .append(": log loss ")
                        .append(Figures.decimals(scores.logLoss(), 3))
                        .append(", Brier ")
                        .append(Figures.decimals(scores.brier(), 3))
                        .append(".\n\n")
                        .append(EvaluationText.axes(scores).markdown()));
        text.append("\nBlind, each family by a classifier that never saw it:\n\n");
        text.append(EvaluationText.axes(evaluation.strangers()).markdown());
        text.append("\nBaselines:\n\n");
        text.append(EvaluationText.proportions("rule", Baselines.of(evaluation.cases()))
                .markdown());
        return text.append('\n').toString();
    }
}
