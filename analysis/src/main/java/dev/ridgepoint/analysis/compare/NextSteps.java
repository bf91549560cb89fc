package dev.ridgepoint.analysis.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What to do about a comparison, most pressing first. */
final class NextSteps {
    private static final double MOST = 0.8;
    /** More forks than this are no advice. */
    private static final int MOST_FORKS = 100;

    private NextSteps() {}

    static List<String> of(Comparison comparison) {
        List<String> steps = withoutGate(comparison);
        if (comparison.gate().objections().containsKey(Reason.NOT_A_BASELINE)) {
            steps.add("Commit, build and measure the base again to have a baseline.");
        }
        return steps;
    }

    /** The same where nobody gates. */
    static List<String> withoutGate(Comparison comparison) {
        List<String> steps = new ArrayList<>();
        if (comparison.sameRun()) {
            steps.add("Both sides are the same run: name another candidate.");
        }
        if (any(comparison, Verdict.REFUSED)) {
            steps.add(
                    "Measure refused cases again with one protocol, domain, cache state and input on one kind of device;"
                            + " --allow REASON compares them anyway and says so.");
        }
        if (comparison.second() == null && (any(comparison, Verdict.SLOWER) || any(comparison, Verdict.FASTER))) {
            steps.add(onceMore(comparison) + " before you act on it: the largest of many differences is partly luck.");
        }
        undecided(comparison)
                .findFirst()
                .ifPresent(one -> steps.add("The second stage: " + one.notes().get(0) + "."));
        if (tooFewToTell(comparison)) {
            steps.add(moreForks(comparison));
        }
        if (any(comparison, Verdict.CLOCK)) {
            steps.add("Let the device cool, or give it a fixed clock, and measure CLOCK cases again.");
        }
        boolean few = comparison.cases().stream().anyMatch(one -> one.has(Reason.TOO_FEW_FORKS));
        if (few && comparison.base().runId() == null) {
            steps.add("Take at least " + OpenCase.FORKS_TO_REPORT + " forks a side, " + OpenCase.FORKS_TO_GATE
                    + " to gate: of nvbench, run its program that often on both sides in turn and name every file,"
                    + " a1.json,a2.json,...");
        } else if (any(comparison, Verdict.INVALID)) {
            steps.add("'ridgepoint report' on each side says what is wrong with INVALID cases.");
        }
        if (comparison.gate().objections().containsKey(Reason.CONTROL_MOVED)) {
            steps.add("Quiet the machine ('ridgepoint doctor') and measure both sides again.");
        }
        return steps;
    }

    /** Runs of our own can be asked again by a command; two sides that took turns, and foreign files, by their user. */
    private static String onceMore(Comparison comparison) {
        boolean runs =
                comparison.base().runId() != null && comparison.candidate().runId() != null;
        return runs && !comparison.options().paired()
                ? "Let fresh forks decide what changed ('ridgepoint confirm')"
                : "Run what changed once more on both sides";
    }

    private static boolean any(Comparison comparison, Verdict verdict) {
        return comparison.counts().get(verdict) > 0;
    }

    private static Stream<CaseVerdict> undecided(Comparison comparison) {
        return comparison.cases().stream().filter(one -> one.has(Reason.SECOND_STAGE_INCOMPLETE));
    }

    /** What a second stage has not decided yet asks for that stage, and for nothing else. */
    private static Stream<CaseVerdict> inconclusive(Comparison comparison) {
        return comparison.cases().stream()
                .filter(one -> one.verdict() == Verdict.INCONCLUSIVE && !one.has(Reason.SECOND_STAGE_INCOMPLETE));
    }

    private static boolean tooFewToTell(Comparison comparison) {
        return inconclusive(comparison).findAny().isPresent()
                || comparison.inconclusive() && undecided(comparison).findAny().isEmpty();
    }

    /** The test's resolution goes with one over the root of the number of forks. */
    private static String moreForks(Comparison comparison) {
        List<CaseVerdict> open = inconclusive(comparison).toList();
        double[] needed = open.stream()
                .mapToDouble(one -> forks(one) * Math.pow(one.figures().testMde() / one.margin(), 2))
                .sorted()
                .toArray();
        if (needed.length == 0) {
            return "Measure both sides again with " + OpenCase.FORKS_TO_GATE + " forks or more a case.";
        }
        double most = Math.ceil(needed[(int) Math.ceil(MOST * needed.length) - 1]);
        if (most > MOST_FORKS) {
            return "The spread is too wide for this margin at any sensible number of forks: quiet the machine"
                    + " ('ridgepoint doctor'), or ask for a wider --margin.";
        }
        int now = open.stream().mapToInt(NextSteps::forks).max().orElseThrow();
        return most <= now
                ? "Measure INCONCLUSIVE cases again on both sides with fresh forks, and more than " + now + "."
                : String.format(
                        Locale.ROOT,
                        "Measure INCONCLUSIVE cases again on both sides: going by their spread, about %1$.0f fresh forks"
                                + " a side would show the margin in four of five (run --forks %1$.0f).",
                        most);
    }

    private static int forks(CaseVerdict one) {
        return Math.max(one.baseForks(), one.candidateForks());
    }
}
