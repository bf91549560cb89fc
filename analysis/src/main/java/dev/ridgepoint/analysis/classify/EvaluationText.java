package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.score.Confusion;
import dev.ridgepoint.analysis.classify.score.CoverageRisk;
import dev.ridgepoint.analysis.classify.score.Proportion;
import dev.ridgepoint.analysis.classify.score.Reliability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An evaluation for people: every figure with its interval, confusion matrices, calibration, strata, baselines. */
final class EvaluationText {
    /** Seed of the bootstrap, so that the same cases print the same interval. */
    static final long SEED = 1;

    /** Why the family is hardly ever right blind. */
    static final String FAMILY_NOTE =
            "Only context tells the task family: blind it is NEUTRAL but for phases of a single purpose.\n";

    private final ClassifierEvaluation evaluation;
    private final StringBuilder text = new StringBuilder();

    EvaluationText(ClassifierEvaluation evaluation) {
        this.evaluation = evaluation;
    }

    String render() {
        heading("Classifier on " + evaluation.name() + " (" + evaluation.cases().size() + ")");
        text.append(bounds(evaluation).plain()).append('\n');
        evaluation.ways().forEach(this::way);
        if (evaluation.strangers().count() > 0) {
            heading("Blind, each family by a classifier that never saw it");
            text.append(axes(evaluation.strangers()).plain()).append('\n');
        }
        heading("Baselines, class right");
        text.append(proportions("rule", Baselines.of(evaluation.cases())).plain())
                .append('\n');
        text.append(FAMILY_NOTE)
                .append("Agreement on the regime only tests formulas: its labels come from the same arithmetic.\n");
        return text.toString();
    }

    static TextTable bounds(ClassifierEvaluation evaluation) {
        TextTable table = new TextTable("bound", "cases", "value", "95 % interval", "limit", "verdict");
        for (Bound bound : evaluation.bounds()) {
            Proportion share = bound.share();
            boolean empty = Double.isNaN(bound.value());
            table.row(
                    bound.name(),
                    share == null ? "" : of(share),
                    empty ? "" : Figures.decimals(bound.value(), 4),
                    share == null || empty ? "" : interval(share),
                    (bound.atLeast() ? ">= " : "<= ") + Figures.decimals(bound.limit(), 2),
                    empty ? "no cases" : bound.kept() ? "kept" : "MISSED");
        }
        return table;
    }

    private void way(String name, Scores scores) {
        heading("Answered " + name);
        text.append(axes(scores).plain()).append('\n');
        calibration(scores);
        text.append("Class: truth down, answer across\n")
                .append(matrix(scores.classes()).plain())
                .append('\n');
        text.append("Phase: truth down, answer across\n")
                .append(matrix(scores.phases()).plain())
                .append('\n');
        text.append("Risk when only the most confident are answered\n")
                .append(curve(scores.coverageRisk()).plain())
                .append('\n');
        text.append(proportions("told apart by", scores.strata(LabelledCase::identifiable))
                        .plain())
                .append('\n');
        text.append(proportions("hard because", scores.strata(LabelledCase::hard))
                        .plain())
                .append('\n');
    }

    static TextTable axes(Scores scores) {
        TextTable table = new TextTable("axis", "right", "share", "95 % interval", "macro-F1");
        axis(table, "class", scores.right(Judged::classRight), scores.classes());
        axis(table, "phase", scores.right(Judged::phaseRight), scores.phases());
        axis(table, "task family", scores.right(Judged::familyRight), scores.families());
        axis(table, "regime, acceptable", scores.right(Judged::regimeRight), null);
        axis(table, "true class has p >= 0.1", scores.covered(), null);
        return table;
    }

    private static void axis(TextTable table, String name, Proportion p, Confusion confusion) {
        table.row(
                name,
                of(p),
                Figures.decimals(p.value(), 3),
                interval(p),
                confusion == null ? "" : Figures.decimals(confusion.macroF1(), 3));
    }

    private void calibration(Scores scores) {
        Reliability reliability = scores.reliability();
        double[] interval = reliability.calibrationErrorInterval(SEED);
        text.append("log loss ")
                .append(Figures.decimals(scores.logLoss(), 4))
                .append(", Brier ")
                .append(Figures.decimals(scores.brier(), 4))
                .append(", calibration error ")
                .append(Figures.decimals(reliability.calibrationError(), 4))
                .append(" (bootstrap 95 % ")
                .append(Figures.decimals(interval[0], 4))
                .append(" to ")
                .append(Figures.decimals(interval[1], 4))
                .append(")\n");
        TextTable table = new TextTable("confidence", "cases", "said", "right");
        for (Reliability.Bin bin : reliability.bins()) {
            table.row(
                    Figures.decimals(bin.low(), 1) + " to " + Figures.decimals(bin.high(), 1),
                    Integer.toString(bin.count()),
                    Figures.decimals(bin.confidence(), 3),
                    Figures.decimals(bin.accuracy(), 3));
        }
        text.append(table.plain()).append('\n');
    }

    /** Columns are numbered as the rows are. */
    static TextTable matrix(Confusion confusion) {
        List<String> labels = confusion.labels();
        List<String> header = new ArrayList<>(List.of(""));
        for (int i = 1; i <= labels.size(); i++) {
            header.add(Integer.toString(i));
        }
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (String truth : labels) {
            List<String> row = new ArrayList<>(List.of((labels.indexOf(truth) + 1) + " " + truth));
            labels.forEach(answer -> {
                int count = confusion.count(truth, answer);
                row.add(count == 0 ? "." : Integer.toString(count));
            });
            table.row(row);
        }
        return table;
    }

    private static TextTable curve(CoverageRisk curve) {
        TextTable table = new TextTable("answered", "down to", "wrong");
        for (CoverageRisk.Point point : curve.curve()) {
            table.row(
                    Figures.decimals(point.coverage(), 2),
                    Figures.decimals(point.confidence(), 3),
                    Figures.decimals(point.risk(), 3));
        }
        return table;
    }

    static TextTable proportions(String what, Map<String, Proportion> proportions) {
        TextTable table = new TextTable(what, "right", "share", "95 % interval");
        proportions.forEach((name, p) -> table.row(name, of(p), Figures.decimals(p.value(), 3), interval(p)));
        return table;
    }

    private static String of(Proportion p) {
        return p.right() + "/" + p.total();
    }

    private static String interval(Proportion p) {
        return Figures.decimals(p.low(), 3) + " to " + Figures.decimals(p.high(), 3);
    }

    private void heading(String words) {
        text.append(words).append('\n').append("-".repeat(words.length())).append('\n');
    }
}
