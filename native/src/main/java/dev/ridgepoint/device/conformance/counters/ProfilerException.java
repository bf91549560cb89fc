package dev.ridgepoint.device.conformance.counters;

/** The profiler did not count; the message says why. */
public final class ProfilerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ProfilerException(String message) {
        super(message);
    }
}
