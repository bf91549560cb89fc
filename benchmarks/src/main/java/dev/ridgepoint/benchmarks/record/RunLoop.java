package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.jmh.ForkRunner;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import java.time.Duration;

/**
 * Takes a plan through its rounds. Round r runs fork r of every case, so that all cases are equally far at any moment
 * and drift of the machine falls on all alike.
 */
public final class RunLoop {
    private final BenchmarkPlan plan;
    private final ForkRunner runner;
    private final RunRecord record;
    private final RunListener listener;
    private final Budget budget;
    private int forksRun;
    private Duration timeInForks = Duration.ZERO;

    public RunLoop(BenchmarkPlan plan, ForkRunner runner, RunRecord record, RunListener listener, Budget budget) {
        this.plan = plan;
        this.runner = runner;
        this.record = record;
        this.listener = listener;
        this.budget = budget;
    }

    /** Runs what is not yet on record; false where the time budget ended first. */
    public boolean run() {
        for (int round = 0; round < plan.protocol().forks(); round++) {
            for (Cell cell : plan.round(round)) {
                if (record.needs(cell, round) && !runFork(cell, round)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean runFork(Cell cell, int fork) {
        if (!budget.allows(meanForkTime())) {
            return false;
        }
        listener.forkStarts(cell, fork, progress());
        long start = System.nanoTime();
        ForkOutcome outcome = runner.run(cell, fork);
        forksRun++;
        timeInForks = timeInForks.plusNanos(System.nanoTime() - start);
        record.add(cell, fork, outcome);
        listener.forkEnded(cell, fork, outcome, progress());
        return true;
    }

    private RunListener.Progress progress() {
        int remaining = record.remaining();
        return new RunListener.Progress(
                plan.forks() - remaining, plan.forks(), meanForkTime().multipliedBy(remaining));
    }

    private Duration meanForkTime() {
        return forksRun == 0 ? Duration.ZERO : timeInForks.dividedBy(forksRun);
    }
}
