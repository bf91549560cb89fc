package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** The pointwise part of an LSTM step, timed as a call on a CPU backend. */
public class LstmCellCpuCall extends CpuCallState {
    /** One launch. */
    @Benchmark
    public void call() {
        launchNext();
    }
}
