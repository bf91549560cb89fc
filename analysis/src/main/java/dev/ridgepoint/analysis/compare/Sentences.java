package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.Numbers;
import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A verdict in words. */
final class Sentences {
    private Sentences() {}

    static String of(CaseVerdict one) {
        List<String> words = new ArrayList<>();
        words.add(main(one));
        if (one.has(Reason.CROSS_DEVICE) || one.has(Reason.DEVICE_UNKNOWN)) {
            words.add("The sides ran on different devices, or on ones nobody knows: the margin is wider and no gate"
                    + " may use this.");
        }
        if (one.has(Reason.OVERRIDDEN)) {
            words.add("Compared although " + differences(one) + ": that was allowed, and is never gated.");
        }
        if (one.has(Reason.FRESH_FORKS)) {
            words.add(
                    one.verdict() == Verdict.INVALID
                            ? "So say the fresh forks that took turns, which alone count."
                            : "Decided on fresh forks that took turns, and on those alone.");
        }
        if (one.has(Reason.FORKS_BELOW_GATE)) {
            words.add("A gate takes " + OpenCase.FORKS_TO_GATE + " forks a side.");
        }
        if (one.has(Reason.ERROR_GREW)) {
            words.add("The candidate's error against the oracle is more than twice the base's.");
        }
        if (one.verdict() == Verdict.SLOWER || one.verdict() == Verdict.FASTER) {
            words.add(attribution(one));
        }
        return Names.oneLine(String.join(" ", words));
    }

    private static String main(CaseVerdict one) {
        return switch (one.verdict()) {
            case SLOWER, FASTER ->
                change(one) + ", beyond the margin of " + percent(one.margin()) + "; " + cycles(one) + detects(one)
                        + ".";
            case EQUIVALENT -> "Shown to differ by less than " + percent(one.margin()) + " (" + interval(one) + ").";
            case IDENTICAL ->
                "The same build, kernel, inputs and context: the same by construction"
                        + (one.figures() == null
                                ? ""
                                : "; measured all the same, "
                                        + ratio(one.figures().ratio()))
                        + ".";
            case CLOCK ->
                change(one) + ", but in cycles it is " + ratio(one.cyclesRatio())
                        + ": the clock did it, not the kernel.";
            case INCONCLUSIVE -> change(one) + ": cannot tell. " + why(one);
            case INVALID -> "No verdict: " + invalid(one) + ".";
            case REFUSED -> "Not the same question asked in the same way: " + differences(one) + ".";
        };
    }

    private static String why(CaseVerdict one) {
        if (one.has(Reason.SECOND_STAGE_INCOMPLETE)) {
            return "That is the first stage, and the second is not whole: " + String.join("; ", one.notes()) + ".";
        }
        if (one.has(Reason.CYCLES_DIFFER)) {
            return "The time is the same and the cycles are not (" + ratio(one.cyclesRatio())
                    + "): a change of clock may hide one of the kernel.";
        }
        if (one.has(Reason.LOST_TO_CORRECTION)) {
            return "On its own it would count (p "
                    + Numbers.significant(one.figures().p(), 2) + "), among so many tests it may be chance (q "
                    + Numbers.significant(one.q(), 2) + ").";
        }
        if (one.has(Reason.NEAR_MARGIN)) {
            return "The forks would show " + percent(one.figures().testMde())
                    + ", and the change is too near the margin of " + percent(one.margin()) + " to call.";
        }
        return forks(one) + " show a change of " + percent(one.figures().testMde())
                + " or more four times in five, not one of " + percent(one.margin())
                + ".";
    }

    private static String cycles(CaseVerdict one) {
        if (one.has(Reason.CYCLES_CONFIRM)) {
            return "in cycles " + ratio(one.cyclesRatio()) + ", so it is not the clock; ";
        }
        return one.has(Reason.CYCLES_UNDECIDED) ? "the cycles do not settle it; " : "";
    }

    private static String detects(CaseVerdict one) {
        return forks(one) + " would have called " + percent(one.figures().mde()) + " four times in five";
    }

    private static String forks(CaseVerdict one) {
        return one.baseForks() == one.candidateForks()
                ? one.baseForks() + " forks a side"
                : one.baseForks() + " and " + one.candidateForks() + " forks";
    }

    private static String attribution(CaseVerdict one) {
        if (one.attributedTo() != null) {
            return "The one declared change is the " + one.attributedTo() + ".";
        }
        if (one.axes().isEmpty()) {
            return "Nothing that is declared changed, so it cannot be laid to anything.";
        }
        return one.axes().size() == 1
                ? "It cannot be laid to the " + one.axes().iterator().next() + ": the rest is not declared."
                : "It cannot be laid to one change: " + String.join(", ", one.axes()) + " changed together.";
    }

    private static String invalid(CaseVerdict one) {
        List<String> why = new ArrayList<>(one.notes());
        if (one.has(Reason.SIMULATED)) {
            why.add("an emulated device counts and has no time");
        }
        if (one.has(Reason.TOO_FEW_FORKS)) {
            why.add(one.baseForks() + " and " + one.candidateForks() + " forks, where a verdict takes "
                    + OpenCase.FORKS_TO_REPORT + " a side");
        }
        if (one.has(Reason.UNSTEADY)) {
            why.add("more than a fifth of a side's forks never became steady");
        }
        if (one.has(Reason.THROTTLED)) {
            why.add("a side's clocks were held back");
        }
        if (one.has(Reason.IMPLAUSIBLE)) {
            why.add("a side's rate is above what its device can do");
        }
        return String.join("; ", why);
    }

    private static String differences(CaseVerdict one) {
        List<String> named =
                one.differences().stream().map(Sentences::difference).collect(Collectors.toCollection(ArrayList::new));
        if (one.has(Reason.OTHER_DEVICE) || named.isEmpty()) {
            named.add("the devices are of different kinds");
        }
        return String.join("; ", named);
    }

    /** A field of both sides, short enough for a line. */
    static String difference(Difference difference) {
        return difference.pointer() + ": " + cut(difference.left()) + " against " + cut(difference.right());
    }

    private static String cut(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }

    private static String change(CaseVerdict one) {
        double ratio = one.figures().ratio();
        String way = ratio >= 1 ? "more" : "less";
        return percent(Math.abs(ratio - 1)) + " " + way + " time (" + interval(one) + ")";
    }

    private static String interval(CaseVerdict one) {
        return "95 % CI " + ratio(one.figures().low()) + " to "
                + ratio(one.figures().high());
    }

    /** A ratio, always with three places: columns of them align. */
    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.3f", ratio);
    }

    static String percent(double fraction) {
        return fraction == 0 ? "0 %" : Numbers.percent(fraction);
    }
}
