package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Attention, timed in batches. */
public class AttentionBatched extends BatchedState {
    /** One batch. */
    @Benchmark
    public void call() {
        launchBatch();
    }
}
