package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.plan.Cell;

/** Runs one fork of one cell and leaves its files; tests put a fake here. */
@FunctionalInterface
public interface ForkRunner {
    /**
     * Runs the fork to its end, whatever that is: a fork that crashes or hangs is an answer, not an exception.
     *
     * @param fork number of this fork of the cell, from 0
     */
    ForkOutcome run(Cell cell, int fork);
}
