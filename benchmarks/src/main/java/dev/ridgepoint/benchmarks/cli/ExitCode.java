package dev.ridgepoint.benchmarks.cli;

/** What the process answers its caller; scripts rely on these numbers. */
public enum ExitCode {
    OK(0),
    /** A regression, a wrong kernel, an invalid bundle: the check itself worked and said no. */
    CHECK_FAILED(1),
    /** Invalid or refused input. */
    REFUSED(2),
    /** Something that must be installed or present is not. */
    MISSING_PREREQUISITE(3),
    /** Under {@code --strict}: the data cannot tell. */
    INCONCLUSIVE(4);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
