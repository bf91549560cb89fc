package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.analysis.report.Names;
import java.util.List;

/** A comparison for a pull request: the gate first, what changed next, the rest folded away. */
public final class CompareMarkdown {
    private CompareMarkdown() {}

    /** The whole report, lines ending in a line feed. */
    public static String render(Comparison comparison) {
        StringBuilder out = new StringBuilder();
        line(out, "**" + CompareWords.gate(comparison) + "**");
        line(out, "");
        line(
                out,
                CompareWords.counts(comparison) + ". Ratio is candidate over base: above 1 is slower; margin "
                        + Sentences.percent(comparison.options().margin()) + ".");
        line(out, "");
        line(out, "- " + CompareWords.side("base ", comparison.base()));
        line(out, "- " + CompareWords.side("candidate ", comparison.candidate()));
        comparison.differences().forEach(one -> line(out, "- context `" + Sentences.difference(one) + "`"));
        CompareWords.limits(comparison).forEach(limit -> line(out, "- " + limit));
        NextSteps.of(comparison).forEach(step -> line(out, "- next: " + step));
        List<CaseVerdict> loud = comparison.cases().stream()
                .filter(CompareText::loud)
                .sorted(CompareText.URGENT)
                .toList();
        List<CaseVerdict> quiet = comparison.cases().stream()
                .filter(one -> !CompareText.loud(one))
                .toList();
        if (!loud.isEmpty()) {
            out.append('\n').append(CompareTables.of(loud).markdown()).append('\n');
            loud.forEach(one -> line(out, "- " + one.verdict() + " " + one.name() + ": " + Sentences.of(one)));
        }
        if (!quiet.isEmpty()) {
            out.append("\n<details><summary>")
                    .append(quiet.size())
                    .append(" EQUIVALENT or IDENTICAL</summary>\n\n")
                    .append(CompareTables.of(quiet).markdown())
                    .append("\n</details>\n");
        }
        return out.toString();
    }

    /** Names come from files: none may open a tag. */
    private static void line(StringBuilder out, String raw) {
        out.append(Names.oneLine(raw).replace("<", "&lt;")).append('\n');
    }
}
