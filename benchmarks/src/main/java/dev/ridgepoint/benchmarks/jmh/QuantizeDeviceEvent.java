package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Quantisation, timed by events on the device. */
public class QuantizeDeviceEvent extends DeviceEventState {
    /** One sample. */
    @Benchmark
    public void call() {
        timeNext();
    }
}
