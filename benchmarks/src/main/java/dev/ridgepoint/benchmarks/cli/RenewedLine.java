package dev.ridgepoint.benchmarks.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;

/** The last line of a terminal, which says anew how far work is; nothing is shown where there is no terminal. */
final class RenewedLine {
    private static final String CLEAR = "\r\033[K";
    private static final int WIDTH = 60;

    private final PrintWriter err;
    private final boolean terminal;

    RenewedLine(PrintWriter err, boolean terminal) {
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

    boolean isShown() {
        return terminal;
    }

    /** What is done, and on what it works now, of which the end is shown. */
    void show(String status, String id) {
        if (terminal) {
            err.print(CLEAR + status + "  " + shortened(id));
            err.flush();
        }
    }

    /** A line that stays, terminal or not. */
    void print(String line) {
        err.println((terminal ? CLEAR : "") + line);
        err.flush();
    }

    /** Leaves the terminal's line empty. */
    void done() {
        if (terminal) {
            err.print(CLEAR);
            err.flush();
        }
    }

    /** Such as {@code , about 3 min left}; empty for no time. */
    static String left(Duration remaining) {
        return remaining.isZero() ? "" : ", about " + words(remaining) + " left";
    }

    private static String words(Duration duration) {
        long seconds = Math.max(1, duration.toSeconds());
        return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
    }

    private static String shortened(String id) {
        return id.length() <= WIDTH ? id : "..." + id.substring(id.length() - WIDTH + 3);
    }
}
