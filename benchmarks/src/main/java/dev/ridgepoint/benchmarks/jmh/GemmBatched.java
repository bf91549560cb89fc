package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Matrix products, timed in batches. */
public class GemmBatched extends BatchedState {
    /** One batch. */
    @Benchmark
    public void call() {
        launchBatch();
    }
}
