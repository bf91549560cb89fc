package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Attention, timed as a launch and the wait for it. */
public class AttentionHostSync extends HostSyncState {
    /** One launch. */
    @Benchmark
    public void call() {
        launchAndWait();
    }
}
