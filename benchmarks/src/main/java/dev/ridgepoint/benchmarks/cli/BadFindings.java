package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.results.Context;
import java.io.PrintWriter;

/** What the doctor calls bad on this machine, said before time is spent on forks and not only in their bundle. */
final class BadFindings {
    private static final String BAD = "bad";

    private BadFindings() {}

    /** A line each, with what one can do about it. */
    static void print(Context context, PrintWriter err) {
        for (Context.DoctorFinding one : context.doctor()) {
            if (one.level().equals(BAD)) {
                err.println("Doctor: " + one.what() + (one.fix() == null ? "" : "; " + one.fix()));
            }
        }
        err.flush();
    }
}
