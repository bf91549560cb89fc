package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Attention, timed as graphs that are replayed. */
public class AttentionGraphReplay extends GraphReplayState {
    /** One replay. */
    @Benchmark
    public void call() {
        replayNext();
    }
}
