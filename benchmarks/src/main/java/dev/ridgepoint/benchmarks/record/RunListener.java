package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.plan.Cell;
import java.time.Duration;

/** Follows a run; told between forks, never during one. */
public interface RunListener {
    /** A fork is about to start. */
    void forkStarts(Cell cell, int fork, Progress progress);

    /** A fork has ended. */
    void forkEnded(Cell cell, int fork, ForkOutcome outcome, Progress progress);

    /**
     * How far a run is.
     *
     * @param done forks that need not run any more
     * @param total forks of the plan
     * @param remaining expected time for the others, from those that ran
     */
    record Progress(int done, int total, Duration remaining) {}
}
