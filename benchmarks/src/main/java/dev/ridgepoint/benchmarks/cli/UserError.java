package dev.ridgepoint.benchmarks.cli;

/** Ends a command with one line that says what is wrong and what to do next. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;

    private UserError(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Input that is invalid or that we will not act on. */
    public static UserError refused(String message) {
        return new UserError(ExitCode.REFUSED, message, null);
    }

    /** Input that is invalid, found out by a failure further down. */
    public static UserError refused(String message, Throwable cause) {
        return new UserError(ExitCode.REFUSED, message, cause);
    }

    /** Something that must be there first. */
    public static UserError missing(String message) {
        return new UserError(ExitCode.MISSING_PREREQUISITE, message, null);
    }

    /** Something that must be there first, found out by a failure further down. */
    public static UserError missing(String message, Throwable cause) {
        return new UserError(ExitCode.MISSING_PREREQUISITE, message, cause);
    }

    /** What could not be told with what was allowed. */
    public static UserError open(String message) {
        return new UserError(ExitCode.INCONCLUSIVE, message, null);
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
