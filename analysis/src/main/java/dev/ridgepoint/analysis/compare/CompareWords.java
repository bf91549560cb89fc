package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.analysis.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lines on a comparison as a whole, which the plain and the Markdown report share. */
final class CompareWords {
    private CompareWords() {}

    static String side(String name, Comparison.SideFacts side) {
        return name + side.path() + " ("
                + (side.runId() == null ? side.gradeReasons().get(0) : "run " + side.runId()) + ", "
                + Numbers.count(side.cases()) + (side.cases() == 1 ? " case" : " cases") + ", grade " + side.grade()
                + (side.gradeReasons().isEmpty() || side.runId() == null
                        ? ""
                        : ": " + String.join("; ", side.gradeReasons()))
                + ")";
    }

    static String counts(Comparison comparison) {
        return comparison.counts().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> Numbers.count(count.getValue()) + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    /** What a reader must know before any figure. */
    static List<String> limits(Comparison comparison) {
        List<String> limits = new ArrayList<>();
        if (!comparison.unchecked().isEmpty()) {
            limits.add("Not checked, for want of a bundle: " + String.join(", ", comparison.unchecked()) + ".");
        }
        if (comparison.options().paired() && comparison.base().runId() == null) {
            limits.add("That the runs took turns is taken on your word: plain files have no times of day.");
        }
        if (comparison.options().margins() != null) {
            limits.add(comparison.options().margins().sentence());
        }
        only(limits, "base", comparison.baseOnly());
        only(limits, "candidate", comparison.candidateOnly());
        Comparison.SecondStage second = comparison.second();
        if (second != null) {
            limits.add("Two stages: of " + Numbers.count(second.open()) + " cases that the first flagged or could not"
                    + " tell, " + Numbers.count(second.decided()) + " are decided on fresh forks in " + second.path()
                    + ", and on those alone.");
        }
        Control control = comparison.control();
        if (control.cases() > 0) {
            limits.add("Control: of " + Numbers.count(control.cases()) + " identical cases, measured all the same, "
                    + Numbers.count(control.moved()) + " seem to have changed; chance alone gives one in twenty.");
        }
        return limits;
    }

    private static void only(List<String> limits, String side, List<String> names) {
        if (!names.isEmpty()) {
            limits.add(Numbers.count(names.size()) + (names.size() == 1 ? " case" : " cases") + " only in the " + side
                    + ": " + String.join(", ", names.subList(0, Math.min(3, names.size())))
                    + (names.size() > 3 ? " and more" : "") + ".");
        }
    }

    /** What one stage flags or cannot tell is not settled by it, whichever way it points. */
    private static String unconfirmed(Comparison comparison) {
        int open = comparison.unconfirmed();
        return open == 0
                ? ""
                : " That is by one stage: " + Numbers.count(open) + (open == 1 ? " case" : " cases")
                        + " that it flagged or could not tell " + (open == 1 ? "waits" : "wait") + " for fresh forks.";
    }

    static String gate(Comparison comparison) {
        Gate gate = comparison.gate();
        boolean identical = comparison.cases().stream().allMatch(one -> one.verdict() == Verdict.IDENTICAL);
        String power = identical && !comparison.cases().isEmpty()
                ? "every case is identical, so that none had to show the margin"
                : String.format(
                        Locale.ROOT, "%.0f %% of the cases showed the margin or could have", 100 * gate.power());
        if (gate.passed()) {
            return "Gate: clean; " + power + "." + unconfirmed(comparison);
        }
        String objections =
                "Gate: NOT clean: " + String.join("; ", gate.objections().values()) + ".";
        return gate.objections().containsKey(Reason.LOW_POWER) ? objections : objections + " (" + power + ")";
    }
}
