package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.record.RunListener;
import java.io.PrintWriter;

/** Shows how far a run is: one line that renews itself on a terminal, a line a round elsewhere. */
final class ProgressLine implements RunListener {
    private final RenewedLine line;
    private int round = -1;

    ProgressLine(PrintWriter err, boolean terminal) {
        this.line = new RenewedLine(err, terminal);
    }

    @Override
    public void forkStarts(Cell cell, int fork, Progress progress) {
        if (line.isShown()) {
            line.show(status(progress), cell.id());
        } else if (fork > round) {
            round = fork;
            line.print("round " + (fork + 1) + ": " + status(progress));
        }
    }

    @Override
    public void forkEnded(Cell cell, int fork, ForkOutcome outcome, Progress progress) {
        if (outcome instanceof ForkOutcome.Incorrect incorrect) {
            line.print("INCORRECT " + cell.id() + ": " + incorrect.reason());
        } else if (outcome instanceof ForkOutcome.Failed failed) {
            line.print("FAILED " + cell.id() + ": " + failed.reason());
        } else if (outcome instanceof ForkOutcome.Skipped skipped) {
            line.print("skipped " + cell.id() + ": " + skipped.reason());
        }
    }

    /** Leaves the terminal's line empty. */
    void done() {
        line.done();
    }

    private static String status(Progress progress) {
        return progress.done() + " of " + progress.total() + " forks" + RenewedLine.left(progress.remaining());
    }
}
