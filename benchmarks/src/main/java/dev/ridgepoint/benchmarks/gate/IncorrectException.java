package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.results.Correctness;

/** The gate said no; the message says which rule was broken. */
public final class IncorrectException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Correctness correctness;

    public IncorrectException(String reason, Correctness correctness) {
        super(reason);
        this.correctness = correctness;
    }

    /** What was seen, or null where the fault shows without comparing outputs. */
    public Correctness correctness() {
        return correctness;
    }
}
