package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Matrix products, timed as a launch and the wait for it. */
public class GemmHostSync extends HostSyncState {
    /** One launch. */
    @Benchmark
    public void call() {
        launchAndWait();
    }
}
