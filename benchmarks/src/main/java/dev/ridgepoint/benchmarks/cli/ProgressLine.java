package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.record.RunListener;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows how far a run is: one line that renews itself on a terminal, a line a round elsewhere. */
final class ProgressLine implements RunListener {
    private static final String CLEAR = "\r\033[K";
    private static final int WIDTH = 60;

    private final PrintWriter err;
    private final boolean terminal;
    private int round = -1;

    ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Whether a line can be renewed: a person looks, and no CI collects. */
    static boolean onTerminal() {
        Console console = System.console();
        return console != null && isTerminal(console) && System.getenv("CI") == null;
    }

    /** From JDK 22 on there is a console without a terminal too, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    @Override
    public void forkStarts(Cell cell, int fork, Progress progress) {
        if (terminal) {
            err.print(CLEAR + status(progress) + shortened(cell.id()));
            err.flush();
        } else if (fork > round) {
            round = fork;
            print("round " + (fork + 1) + ": " + status(progress).strip());
        }
    }

    @Override
    public void forkEnded(Cell cell, int fork, ForkOutcome outcome, Progress progress) {
        String line = null;
        if (outcome instanceof ForkOutcome.Incorrect incorrect) {
            line = "INCORRECT " + cell.id() + ": " + incorrect.reason();
        } else if (outcome instanceof ForkOutcome.Failed failed) {
            line = "FAILED " + cell.id() + ": " + failed.reason();
        } else if (outcome instanceof ForkOutcome.Skipped skipped) {
            line = "skipped " + cell.id() + ": " + skipped.reason();
        }
        if (line != null) {
            print(line);
        }
    }

    /** Leaves the terminal's line empty. */
    void done() {
        if (terminal) {
            err.print(CLEAR);
            err.flush();
        }
    }

    private void print(String line) {
        err.println((terminal ? CLEAR : "") + line);
        err.flush();
    }

    private static String status(Progress progress) {
        String left = progress.remaining().isZero() ? "" : ", about " + words(progress.remaining()) + " left";
        return String.format(Locale.ROOT, "%d of %d forks%s  ", progress.done(), progress.total(), left);
    }

    private static String words(Duration duration) {
        long seconds = Math.max(1, duration.toSeconds());
        return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
    }

    private static String shortened(String id) {
        return id.length() <= WIDTH ? id : "..." + id.substring(id.length() - WIDTH + 3);
    }
}
