package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Matrix products, timed as graphs that are replayed. */
public class GemmGraphReplay extends GraphReplayState {
    /** One replay. */
    @Benchmark
    public void call() {
        replayNext();
    }
}
