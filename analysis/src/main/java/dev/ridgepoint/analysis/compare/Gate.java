package dev.ridgepoint.analysis.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Whether the candidate may pass: it may not where something got worse, and not where that could not have been seen.
 *
 * @param power share of the cases judged that could have shown a change of the margin; identical ones need not
 * @param objections why it is not clean, a sentence each; empty where it passed
 */
public record Gate(double power, Map<Reason, String> objections) {
    /** Share of the cases that must have been able to show the margin. */
    public static final double LEAST_POWER = 0.8;

    /** Forks a side that a case must have. */
    public static final int LEAST_FORKS = 5;

    /** How rarely chance alone may explain that identical cases seem to have changed. */
    private static final double CONTROL = 0.01;

    /** What stood against the candidate: work got slower, wrong or lost. */
    public boolean regressed() {
        return objections.containsKey(Reason.REGRESSION)
                || objections.containsKey(Reason.CANDIDATE_BROKEN)
                || objections.containsKey(Reason.ERROR_GREW);
    }

    public boolean passed() {
        return objections.isEmpty();
    }

    static Gate of(Side base, List<CaseVerdict> cases, int lost, boolean gateable) {
        Map<Reason, String> objections = new LinkedHashMap<>();
        object(objections, Reason.REGRESSION, count(cases, c -> c.verdict() == Verdict.SLOWER), "slower");
        object(
                objections,
                Reason.CANDIDATE_BROKEN,
                count(cases, c -> c.has(Reason.CANDIDATE_INCORRECT) || c.has(Reason.CANDIDATE_FAILED)),
                "incorrect or failed in the candidate");
        object(
                objections,
                Reason.ERROR_GREW,
                count(cases, c -> c.has(Reason.ERROR_GREW)),
                "with more than twice the error against the oracle");
        long skipped = count(cases, c -> c.has(Reason.CANDIDATE_NOT_MEASURED) && !c.has(Reason.BASE_NOT_MEASURED));
        object(objections, Reason.CASES_LOST, lost + skipped, "measured in the base and not in the candidate");
        object(
                objections,
                Reason.REFUSED_CASES,
                count(cases, c -> c.verdict() == Verdict.REFUSED),
                "refused: not the same question asked in the same way");
        object(
                objections,
                Reason.SECOND_STAGE_INCOMPLETE,
                count(cases, c -> c.has(Reason.SECOND_STAGE_INCOMPLETE)),
                "undecided, for the second stage is not whole");
        sides(objections, base, cases, gateable);
        control(objections, cases);
        double power = power(cases);
        power(objections, cases, power);
        return new Gate(power, objections);
    }

    private static void sides(Map<Reason, String> objections, Side base, List<CaseVerdict> cases, boolean gateable) {
        if (base.grade() == Grade.C) {
            objections.put(
                    Reason.NOT_A_BASELINE,
                    "the base is of grade C, no baseline: " + String.join("; ", base.gradeReasons()));
        }
        if (base.run() != null && !base.run().complete()) {
            objections.put(Reason.PARTIAL_RUN, "the base is a partial run");
        }
        if (!gateable && count(cases, c -> c.has(Reason.CROSS_DEVICE)) > 0) {
            objections.put(Reason.CROSS_DEVICE, "the sides ran on two devices of one name, which differ by themselves");
        } else if (!gateable && count(cases, c -> c.has(Reason.DEVICE_UNKNOWN)) > 0) {
            objections.put(Reason.DEVICE_UNKNOWN, "nobody knows whether both sides ran on the same device");
        } else if (!gateable && count(cases, c -> c.has(Reason.OVERRIDDEN)) > 0) {
            objections.put(Reason.OVERRIDDEN, "a difference that refuses was let pass by --allow");
        }
    }

    private static void control(Map<Reason, String> objections, List<CaseVerdict> cases) {
        Control control = Control.of(cases);
        if (control.cases() > 0
                && 1
                                - new BinomialDistribution(null, control.cases(), DetectableChange.ALPHA)
                                        .cumulativeProbability(control.moved() - 1)
                        < CONTROL) {
            objections.put(
                    Reason.CONTROL_MOVED,
                    control.moved() + " of " + control.cases()
                            + " identical cases seem to have changed: the machine did, so no difference counts");
        }
    }

    private static void power(Map<Reason, String> objections, List<CaseVerdict> cases, double power) {
        if (count(cases, Gate::judged) == 0 && count(cases, c -> c.verdict() == Verdict.IDENTICAL) == 0) {
            objections.put(Reason.NOTHING_JUDGED, "no case could be judged");
        } else if (power < LEAST_POWER) {
            objections.put(
                    Reason.LOW_POWER,
                    String.format(
                            Locale.ROOT,
                            "only %d of %d cases could have shown the margin, and a clean gate takes %.0f %%",
                            count(cases, CaseVerdict::couldShow),
                            count(cases, Gate::needed),
                            100 * LEAST_POWER));
        }
    }

    private static double power(List<CaseVerdict> cases) {
        long needed = count(cases, Gate::needed);
        return needed == 0 ? 1 : (double) count(cases, CaseVerdict::couldShow) / needed;
    }

    private static boolean needed(CaseVerdict c) {
        return c.verdict() != Verdict.IDENTICAL && !c.has(Reason.BASE_NOT_MEASURED);
    }

    private static boolean judged(CaseVerdict c) {
        return c.verdict() != Verdict.IDENTICAL && c.verdict() != Verdict.INVALID && c.verdict() != Verdict.REFUSED;
    }

    private static void object(Map<Reason, String> objections, Reason reason, long cases, String what) {
        if (cases > 0) {
            objections.put(reason, cases + (cases == 1 ? " case " : " cases ") + what);
        }
    }

    private static long count(List<CaseVerdict> cases, Predicate<CaseVerdict> which) {
        return cases.stream().filter(which).count();
    }
}
