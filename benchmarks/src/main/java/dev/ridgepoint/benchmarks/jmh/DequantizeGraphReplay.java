package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Dequantisation, timed as graphs that are replayed. */
public class DequantizeGraphReplay extends GraphReplayState {
    /** One replay. */
    @Benchmark
    public void call() {
        replayNext();
    }
}
