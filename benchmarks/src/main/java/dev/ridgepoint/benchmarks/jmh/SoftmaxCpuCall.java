package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Softmax of rows, timed as a call on a CPU backend. */
public class SoftmaxCpuCall extends CpuCallState {
    /** One launch. */
    @Benchmark
    public void call() {
        launchNext();
    }
}
