package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Quantisation, timed as graphs that are replayed. */
public class QuantizeGraphReplay extends GraphReplayState {
    /** One replay. */
    @Benchmark
    public void call() {
        replayNext();
    }
}
