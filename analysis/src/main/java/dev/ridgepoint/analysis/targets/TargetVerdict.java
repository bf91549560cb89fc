package dev.ridgepoint.analysis.targets;

/** How a run stands to a target. */
public enum TargetVerdict {
    /** All of the interval is as good as the goal. */
    GOAL_MET("goal met"),
    /** All of it is as good as the gate, and not all as good as the goal. */
    GATE_MET("gate met"),
    /** None of it is as good as the gate. */
    MISSED("missed"),
    /** The gate lies within the interval. */
    UNDECIDED("undecided"),
    /** There is no figure that could answer. */
    NOT_MEASURED("not measured");

    private final String id;

    TargetVerdict(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** Where more is better. */
    static TargetVerdict of(Ratio ratio, double goal, double gate) {
        if (ratio.low() >= goal) {
            return GOAL_MET;
        }
        if (ratio.low() >= gate) {
            return GATE_MET;
        }
        return ratio.high() < gate ? MISSED : UNDECIDED;
    }
}
