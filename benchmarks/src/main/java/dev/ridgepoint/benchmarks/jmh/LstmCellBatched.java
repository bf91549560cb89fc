package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** The pointwise part of an LSTM step, timed in batches. */
public class LstmCellBatched extends BatchedState {
    /** One batch. */
    @Benchmark
    public void call() {
        launchBatch();
    }
}
