package dev.ridgepoint.device.conformance;

/** How our answer to a vector stands to hardware's. */
public enum Verdict {
    /** Every bit is the same. */
    IDENTICAL,
    /** Not every bit is the same, and what differs is within the vector's bound. */
    WITHIN_BOUND,
    /** Beyond the bound. */
    DIFFERENT,
    /** The vector or its inputs changed since, or it is no more. */
    STALE,
    /** Hardware has no answer, or the replay could not be run. */
    SKIPPED
}
