package dev.ridgepoint.analysis.compare;

import java.util.ArrayList;
import java.util.List;

/** What to do about a comparison, most pressing first. */
final class NextSteps {
    private static final double MOST = 0.8;
    /** More forks than this are no advice. */
    private static final int MOST_FORKS = 100;

    private NextSteps() {}

    static List<String> of(Comparison comparison) {
        List<String> steps = new ArrayList<>();
        if (comparison.sameRun()) {
            steps.add("Both sides are the same run: name another candidate.");
        }
        if (any(comparison, Verdict.REFUSED)) {
            steps.add("Measure refused cases again with one protocol, domain, cache state and input on one kind of device;"
                    + " --allow REASON compares them anyway and says so.");
        }
        if (any(comparison, Verdict.SLOWER) || any(comparison, Verdict.FASTER)) {
            steps.add("Run what changed once more on both sides before you act on it: the largest of many differences is"
                    + " partly luck.");
        }
        if (comparison.inconclusive()) {
            steps.add(moreForks(comparison));
        }
        if (any(comparison, Verdict.CLOCK)) {
            steps.add("Let the device cool, or give it a fixed clock, and measure CLOCK cases again.");
        }
        if (any(comparison, Verdict.INVALID)) {
            steps.add("'ridgepoint report' on each side says what is wrong with INVALID cases.");
        }
        if (comparison.gate().objections().containsKey(Reason.NOT_A_BASELINE)) {
            steps.add("Commit, build and measure the base again to have a baseline.");
        }
        if (comparison.gate().objections().containsKey(Reason.CONTROL_MOVED)) {
            steps.add("Quiet the machine ('ridgepoint doctor') and measure both sides again.");
        }
        return steps;
    }

    private static boolean any(Comparison comparison, Verdict verdict) {
        return comparison.counts().get(verdict) > 0;
    }

    /** The test's resolution goes with one over the root of the number of forks. */
    private static String moreForks(Comparison comparison) {
        double[] forks = comparison.cases().stream()
                .filter(one -> one.figures() != null && one.verdict() != Verdict.IDENTICAL)
                .mapToDouble(one -> Math.max(one.baseForks(), one.candidateForks())
                        * Math.pow(one.figures().testMde() / one.margin(), 2))
                .sorted()
                .toArray();
        double needed = forks.length == 0 ? MOST_FORKS + 1 : forks[(int) Math.ceil(MOST * forks.length) - 1];
        int wanted = Math.max(OpenCase.FORKS_TO_GATE, (int) Math.ceil(Math.min(needed, MOST_FORKS + 1)));
        return wanted <= MOST_FORKS
                ? "Measure both sides again with fresh forks: going by this spread, about " + wanted
                        + " a side would show the margin in four of five cases (--forks " + wanted + ")."
                : "The machine is too noisy for this margin at any sensible number of forks: quiet it ('ridgepoint"
                        + " doctor'), or ask for a wider --margin.";
    }
}
