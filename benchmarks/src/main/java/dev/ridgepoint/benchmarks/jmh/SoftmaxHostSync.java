package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Softmax of rows, timed as a launch and the wait for it. */
public class SoftmaxHostSync extends HostSyncState {
    /** One launch. */
    @Benchmark
    public void call() {
        launchAndWait();
    }
}
