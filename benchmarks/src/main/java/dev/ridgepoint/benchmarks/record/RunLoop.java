package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.jmh.ForkRunner;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.Soak;
import dev.ridgepoint.results.Timing;
import java.time.Duration;
import java.util.List;

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
    /** What an earlier attempt left of a soak's time; null where the run is none. */
    private final Budget soaking;
    /** Forks of the plan and those added so far, whether they have run or not. */
    private int total;

    private int added;
    private int forksRun;
    private Duration timeInForks = Duration.ZERO;

    public RunLoop(BenchmarkPlan plan, ForkRunner runner, RunRecord record, RunListener listener, Budget budget) {
        this.plan = plan;
        this.runner = runner;
        this.record = record;
        this.listener = listener;
        this.budget = budget;
        this.total = plan.forks();
        Soak soak = plan.protocol().soak();
        this.soaking = soak == null ? null : budget.another(soak.length().minus(record.taken()));
    }

    /**
     * Runs what is not yet on record; false where the time budget ended before all planned forks had run, or before a soak's
     * time was used. That it ends while forks are being added for an aim is no failure: what missed it is told from the bundle.
     */
    public boolean run() {
        for (int round = 0; round < plan.protocol().forks(); round++) {
            for (Cell cell : plan.round(round)) {
                if (record.needs(cell, round) && !runFork(cell, round)) {
                    return false;
                }
            }
        }
        if (plan.protocol().aim() != null) {
            narrow(plan.protocol().aim());
            record.enough();
        }
        if (soaking != null) {
            if (!soak()) {
                return false;
            }
            record.enough();
        }
        return true;
    }

    /** Rounds of all cases until no fork more would end in time. */
    private boolean soak() {
        int most = plan.protocol().mostForks();
        for (int round = plan.protocol().forks(); round < most; round++) {
            for (Cell cell : plan.round(round)) {
                if (!record.needs(cell, round)) {
                    continue;
                }
                if (!soaking.allows(meanForkTime())) {
                    return true;
                }
                total++;
                if (!runFork(cell, round)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Rounds for the cases alone whose interval is still too wide. */
    private void narrow(ForkAim aim) {
        for (int round = plan.protocol().forks(); round < aim.mostForks(); round++) {
            List<Cell> wide =
                    plan.round(round).stream().filter(cell -> isWide(cell, aim)).toList();
            for (Cell cell : wide) {
                total += record.needs(cell, round) ? 1 : 0;
            }
            for (Cell cell : wide) {
                if (record.needs(cell, round) && !runFork(cell, round)) {
                    return;
                }
            }
        }
    }

    private boolean isWide(Cell cell, ForkAim aim) {
        Timing timing = record.timing(cell);
        return timing != null && !aim.metBy(ForkAim.halfWidth(timing));
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
        added += fork < plan.protocol().forks() ? 0 : 1;
        listener.forkEnded(cell, fork, outcome, progress());
        return true;
    }

    private RunListener.Progress progress() {
        int remaining = record.remaining() + total - plan.forks() - added;
        Duration left = meanForkTime().multipliedBy(remaining);
        if (soaking != null && soaking.left().compareTo(left) > 0) {
            left = soaking.left();
        }
        return new RunListener.Progress(total - remaining, total, left);
    }

    private Duration meanForkTime() {
        return forksRun == 0 ? Duration.ZERO : timeInForks.dividedBy(forksRun);
    }
}
