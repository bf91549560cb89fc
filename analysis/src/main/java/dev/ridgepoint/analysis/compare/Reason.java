package dev.ridgepoint.analysis.compare;

/** Why a verdict or a gate came out as it did; scripts read the names, so they stay. */
public enum Reason {
    // The two sides may not be compared.
    PROTOCOL_DIFFERS,
    DOMAIN_DIFFERS,
    CACHE_STATE_DIFFERS,
    INPUTS_DIFFER,
    OTHER_DEVICE,
    // They may, and a reader must know.
    CROSS_DEVICE,
    DEVICE_UNKNOWN,
    CONTEXT_DIFFERS,
    OVERRIDDEN,
    // Nothing to measure.
    SAME_SUBJECT_AND_CONTEXT,
    // A side's figure is not usable.
    BASE_NOT_MEASURED,
    CANDIDATE_NOT_MEASURED,
    CANDIDATE_INCORRECT,
    CANDIDATE_FAILED,
    SIMULATED,
    TOO_FEW_FORKS,
    UNSTEADY,
    THROTTLED,
    IMPLAUSIBLE,
    // What the forks say.
    FORKS_BELOW_GATE,
    BEYOND_MARGIN,
    WITHIN_MARGIN,
    MDE_ABOVE_MARGIN,
    NEAR_MARGIN,
    LOST_TO_CORRECTION,
    // Which forks say it.
    FRESH_FORKS,
    SECOND_STAGE_INCOMPLETE,
    // What the cycles say.
    CYCLES_CONFIRM,
    CYCLES_AGREE,
    CYCLES_DIFFER,
    CYCLES_UNDECIDED,
    // What the outputs say.
    ERROR_GREW,
    // Only of a gate.
    REGRESSION,
    CANDIDATE_BROKEN,
    CASES_LOST,
    LOW_POWER,
    REFUSED_CASES,
    NOT_A_BASELINE,
    PARTIAL_RUN,
    CONTROL_MOVED,
    NOTHING_JUDGED
}
