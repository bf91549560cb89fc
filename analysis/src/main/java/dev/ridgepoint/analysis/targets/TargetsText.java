package dev.ridgepoint.analysis.targets;

import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.analysis.report.RunFigures.Figure;
import dev.ridgepoint.analysis.report.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The targets as a table, and under it what its figures are. */
public final class TargetsText {
    private static final int WIDTH = 400;

    private TargetsText() {}

    /** The whole text. */
    public static String render(TargetStudy study) {
        TextTable table = new TextTable("target", "case", ">ratio", "95 % interval", ">gate", ">goal", "verdict");
        study.answers().forEach(answer -> rows(table, answer));
        StringBuilder out = new StringBuilder();
        if (study.note() != null) {
            out.append("No target is answered: ").append(study.note()).append(".\n\n");
        }
        out.append(table.plain(WIDTH)).append('\n');
        out.append(limits()).append("\n\n");
        out.append(study.run().provenance()).append("\n\n");
        return out.append(sentence(study)).append('\n').toString();
    }

    private static void rows(TextTable table, TargetAnswer answer) {
        Target target = answer.target();
        Ratio ratio = answer.ratio();
        table.row(List.of(
                target.name(),
                target.ours().workload().id(),
                ratio == null ? Numbers.NONE : three(ratio.value()),
                ratio == null ? Numbers.NONE : three(ratio.low()) + " to " + three(ratio.high()),
                bound(target, target.gate()),
                bound(target, target.goal()),
                answer.words()));
        if (ratio != null) {
            beneath(table, "  by " + kernel(answer.ours()) + chosen(answer));
            beneath(table, "  over " + over(answer));
        }
    }

    private static void beneath(TextTable table, String words) {
        table.row(List.of("", words, "", "", "", "", ""));
    }

    private static String bound(Target target, double bound) {
        return (target.kind().moreIsBetter() ? ">= " : "<= ") + String.format(Locale.ROOT, "%.2f", bound);
    }

    private static String over(TargetAnswer answer) {
        if (answer.over() != null) {
            boolean same = answer.target()
                    .over()
                    .workload()
                    .id()
                    .equals(answer.target().ours().workload().id());
            return kernel(answer.over())
                    + (same ? "" : ", " + answer.target().over().workload().id());
        }
        String gigabytes = Numbers.significant(answer.gigabytesPerSecond(), 4) + " GB/s";
        return answer.target().kind() == RatioKind.READ
                ? gigabytes + " read"
                : gigabytes + " at " + Numbers.percent(answer.readShare()) + " reads";
    }

    private static String kernel(Figure figure) {
        String id = Choosing.kernel(figure);
        return id.substring(id.indexOf('/') + 1);
    }

    private static String chosen(TargetAnswer answer) {
        return answer.among() > 1 ? ", fastest of " + answer.among() : "";
    }

    private static String three(double ratio) {
        return String.format(Locale.ROOT, "%.3f", ratio);
    }

    /** {@code 19 targets: 3 goal met, 1 missed, 15 not measured.} */
    static String sentence(TargetStudy study) {
        return study.answers().size() + " targets: "
                + study.counts().entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(TargetsText::counted)
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String counted(Map.Entry<TargetVerdict, Long> entry) {
        return entry.getValue() + " " + entry.getKey().id();
    }

    private static String limits() {
        return """
                A verdict is the whole interval's: undecided where what it is held to lies within it. Over another case it is of the forks of both; over a
                bandwidth of the case's alone, for that is the best of many tries. Where several kernels answered, the fastest stands, and it was
                chosen in the run it was timed in. Bandwidth at a mix is the time a byte between the run's copy, triad and read probes; what writes
                more than it reads is held against copy.""";
    }
}
