package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Dequantisation, timed in batches. */
public class DequantizeBatched extends BatchedState {
    /** One batch. */
    @Benchmark
    public void call() {
        launchBatch();
    }
}
