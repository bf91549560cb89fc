package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** RMSNorm of rows, timed as a call on a CPU backend. */
public class RmsnormCpuCall extends CpuCallState {
    /** One launch. */
    @Benchmark
    public void call() {
        launchNext();
    }
}
