package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** A matrix product, timed as a call on a CPU backend. */
public class GemmCpuCall extends CpuCallState {
    /** One launch. */
    @Benchmark
    public void call() {
        launchNext();
    }
}
