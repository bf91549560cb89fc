package dev.ridgepoint.benchmarks.tune;

import dev.ridgepoint.device.PreparedLaunch;

/** Says how long a launch takes. */
public interface Stopwatch extends AutoCloseable {
    /** The median nanoseconds of some launches one after the other. */
    double medianNs(PreparedLaunch launch);

    @Override
    void close();
}
