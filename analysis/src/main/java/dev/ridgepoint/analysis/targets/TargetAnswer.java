package dev.ridgepoint.analysis.targets;

import dev.ridgepoint.analysis.report.RunFigures.Figure;

/**
 * How a run stands to one target.
 *
 * @param ours the case that was judged, null where there is none
 * @param among figures that {@code ours} is the fastest of
 * @param over the case it was held against, null where there is none
 * @param gigabytesPerSecond the bandwidth it was held against, null where there is none
 * @param ratio null where something of it is missing
 * @param reason why nothing was measured that could answer, null where it was
 */
public record TargetAnswer(
        Target target,
        TargetVerdict verdict,
        Figure ours,
        int among,
        Figure over,
        Double gigabytesPerSecond,
        Ratio ratio,
        String reason) {

    static TargetAnswer notMeasured(Target target, String reason) {
        return new TargetAnswer(target, TargetVerdict.NOT_MEASURED, null, 0, null, null, null, reason);
    }

    /** Where the figures are of another device than the target is for. */
    TargetAnswer elsewhere(String why) {
        return ratio == null
                ? this
                : new TargetAnswer(
                        target, TargetVerdict.NOT_MEASURED, ours, among, over, gigabytesPerSecond, ratio, why);
    }

    /** Share of the case's bytes that are read. */
    double readShare() {
        var work = ours.result().work();
        return work.bytesRead() / work.bytes();
    }

    /** Whether the gate was met by a ratio of which nobody can say whether it meets the goal. */
    boolean goalUndecided() {
        return verdict == TargetVerdict.GATE_MET && target.goalWithin(ratio);
    }

    /** {@code goal met}, {@code gate met, goal undecided}, or {@code not measured: } and the reason. */
    String words() {
        return verdict.id() + (goalUndecided() ? ", goal undecided" : "") + (reason == null ? "" : ": " + reason);
    }
}
