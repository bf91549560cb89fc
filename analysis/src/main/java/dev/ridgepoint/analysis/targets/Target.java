package dev.ridgepoint.analysis.targets;

/**
 * One target.
 *
 * @param kind what is divided by what
 * @param ours the case that is judged
 * @param over the case it is held against, null where a bandwidth is
 * @param goal the ratio that is aimed at
 * @param gate the ratio below which, or above which where less is better, it is missed
 * @param source the sentence it was stated in
 */
public record Target(
        String name, RatioKind kind, CaseChoice ours, CaseChoice over, double goal, double gate, String source) {
    public Target {
        if ((over == null) != kind.ofBandwidth()) {
            throw new IllegalArgumentException(name + ": over: "
                    + (over == null
                            ? "missing beside ratio '" + kind.id() + "'"
                            : "ratio '" + kind.id() + "' has none"));
        }
        if (!(goal > 0 && gate > 0) || (kind.moreIsBetter() ? goal < gate : goal > gate)) {
            throw new IllegalArgumentException(
                    name + ": goal: expected to be no easier than the gate of " + gate + ", got " + goal);
        }
    }

    /** What an interval says about it. */
    TargetVerdict verdict(Ratio ratio) {
        return TargetVerdict.of(rising(ratio), threshold(goal), threshold(gate));
    }

    /** Whether the goal lies within an interval. */
    boolean goalWithin(Ratio ratio) {
        Ratio rising = rising(ratio);
        return rising.low() < threshold(goal) && threshold(goal) <= rising.high();
    }

    /** The same where more is better. */
    private Ratio rising(Ratio ratio) {
        return kind.moreIsBetter() ? ratio : ratio.inverse();
    }

    private double threshold(double stated) {
        return kind.moreIsBetter() ? stated : 1 / stated;
    }
}
