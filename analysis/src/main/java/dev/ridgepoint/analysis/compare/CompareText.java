package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.Numbers;
import java.util.Comparator;
import java.util.List;

/** A comparison for a terminal. */
public final class CompareText {
    private static final int WIDTH = 120;
    private static final List<Verdict> ORDER = List.of(
            Verdict.SLOWER,
            Verdict.INVALID,
            Verdict.REFUSED,
            Verdict.CLOCK,
            Verdict.FASTER,
            Verdict.INCONCLUSIVE,
            Verdict.EQUIVALENT,
            Verdict.IDENTICAL);
    /** Quiet cases are shown up to this many. */
    private static final int QUIET = 40;

    /** What got worse is read first, what cannot be told last. */
    static final Comparator<CaseVerdict> URGENT = Comparator.comparingInt(one -> ORDER.indexOf(one.verdict()));

    private CompareText() {}

    /** The whole report, lines ending in a line feed. */
    public static String render(Comparison comparison) {
        return render(comparison, List.of(CompareWords.gate(comparison)), NextSteps.of(comparison));
    }

    /** The same where nobody gates: a question about two sides has an answer and no candidate. */
    public static String withoutGate(Comparison comparison) {
        return render(comparison, List.of(), NextSteps.withoutGate(comparison));
    }

    private static String render(Comparison comparison, List<String> gate, List<String> next) {
        StringBuilder out = new StringBuilder();
        line(out, CompareWords.side("base       ", comparison.base()));
        line(out, CompareWords.side("candidate  ", comparison.candidate()));
        line(out, context(comparison));
        comparison.differences().forEach(one -> line(out, "  " + Sentences.difference(one)));
        line(
                out,
                "rule       ratio is candidate over base, above 1 is slower; margin "
                        + Sentences.percent(comparison.options().margin())
                        + (comparison.options().paired() ? "; forks paired by block" : ""));
        out.append('\n');
        table(out, comparison.cases());
        List<CaseVerdict> loud = comparison.cases().stream()
                .filter(CompareText::loud)
                .sorted(URGENT)
                .toList();
        if (!loud.isEmpty()) {
            out.append('\n');
            loud.parallelStream()
                    .map(one -> one.verdict() + "  " + one.name() + ": " + Sentences.of(one))
                    .toList()
                    .forEach(sentence -> line(out, sentence));
        }
        out.append('\n');
        CompareWords.limits(comparison).forEach(limit -> line(out, limit));
        line(out, CompareWords.counts(comparison));
        gate.forEach(sentence -> line(out, sentence));
        next.forEach(step -> line(out, "Next: " + step));
        return out.toString();
    }

    /** Whether a case has something to say that its row does not. */
    static boolean loud(CaseVerdict one) {
        return !one.verdict().quiet() || one.has(Reason.ERROR_GREW) || one.has(Reason.OVERRIDDEN);
    }

    private static String context(Comparison comparison) {
        String changed = comparison.axes().isEmpty()
                ? "nothing that is declared changed"
                : "changed: " + String.join(", ", comparison.axes());
        return "context    " + comparison.level() + ", " + changed;
    }

    private static void table(StringBuilder out, List<CaseVerdict> cases) {
        List<CaseVerdict> quiet = cases.stream().filter(one -> !loud(one)).toList();
        boolean all = quiet.size() <= QUIET;
        List<CaseVerdict> shown =
                all ? cases : cases.stream().filter(CompareText::loud).toList();
        if (!shown.isEmpty()) {
            out.append(CompareTables.of(shown).plain(WIDTH));
        }
        if (!all) {
            line(out, "and " + Numbers.count(quiet.size()) + " EQUIVALENT or IDENTICAL; --json has them all");
        }
    }

    private static void line(StringBuilder out, String raw) {
        out.append(Names.oneLine(raw)).append('\n');
    }
}
