package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** LayerNorm of rows, timed as a call on a CPU backend. */
public class LayernormCpuCall extends CpuCallState {
    /** One launch. */
    @Benchmark
    public void call() {
        launchNext();
    }
}
