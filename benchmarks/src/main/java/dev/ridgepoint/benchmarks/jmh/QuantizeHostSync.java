package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Quantisation, timed as a launch and the wait for it. */
public class QuantizeHostSync extends HostSyncState {
    /** One launch. */
    @Benchmark
    public void call() {
        launchAndWait();
    }
}
