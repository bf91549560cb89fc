package dev.ridgepoint.analysis.compare;

/** What is said of one case; exactly one of these. */
public enum Verdict {
    /** The candidate takes less time, beyond the margin and beyond chance. */
    FASTER,
    /** The candidate takes more time, beyond the margin and beyond chance. */
    SLOWER,
    /** Shown to differ by less than the margin. */
    EQUIVALENT,
    /** The forks cannot tell. */
    INCONCLUSIVE,
    /** The same thing ran under the same circumstances: no measurement is needed to know. */
    IDENTICAL,
    /** The time differs and the cycles do not: the clock did it. */
    CLOCK,
    /** One side's figure may not be used. */
    INVALID,
    /** The two sides did not ask the same question in the same way. */
    REFUSED;

    /** Whether a reader who looks for changes need not look here. */
    public boolean quiet() {
        return this == EQUIVALENT || this == IDENTICAL;
    }
}
