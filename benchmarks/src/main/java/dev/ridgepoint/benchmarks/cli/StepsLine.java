package dev.ridgepoint.benchmarks.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** Shows on a terminal how many steps of a known number are done, and about how long the others take; nothing elsewhere. */
final class StepsLine {
    private final RenewedLine line;
    private final String steps;
    private final long start = System.nanoTime();

    /** Of steps that are called by a plural such as {@code problems}. */
    StepsLine(PrintWriter err, String steps) {
        this(new RenewedLine(err, RenewedLine.onTerminal()), steps);
    }

    StepsLine(RenewedLine line, String steps) {
        this.line = line;
        this.steps = steps;
    }

    /** Begins a step, so many being done, and takes those left for as long as those were. */
    void begin(int done, int total, String id) {
        Duration spent = Duration.ofNanos(System.nanoTime() - start);
        Duration left =
                done == 0 ? Duration.ZERO : spent.multipliedBy(total - done).dividedBy(done);
        line.show(done + " of " + total + " " + steps + RenewedLine.left(left), id);
    }

    /** Leaves the terminal's line empty. */
    void done() {
        line.done();
    }
}
