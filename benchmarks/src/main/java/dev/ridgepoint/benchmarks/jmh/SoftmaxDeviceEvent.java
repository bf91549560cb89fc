package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Softmax of rows, timed by events on the device. */
public class SoftmaxDeviceEvent extends DeviceEventState {
    /** One sample. */
    @Benchmark
    public void call() {
        timeNext();
    }
}
