package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Dequantisation, timed as a launch and the wait for it. */
public class DequantizeHostSync extends HostSyncState {
    /** One launch. */
    @Benchmark
    public void call() {
        launchAndWait();
    }
}
