package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** RMSNorm of rows, timed as graphs that are replayed. */
public class RmsnormGraphReplay extends GraphReplayState {
    /** One replay. */
    @Benchmark
    public void call() {
        replayNext();
    }
}
