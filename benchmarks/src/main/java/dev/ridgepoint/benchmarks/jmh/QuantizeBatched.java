package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Quantisation, timed in batches. */
public class QuantizeBatched extends BatchedState {
    /** One batch. */
    @Benchmark
    public void call() {
        launchBatch();
    }
}
