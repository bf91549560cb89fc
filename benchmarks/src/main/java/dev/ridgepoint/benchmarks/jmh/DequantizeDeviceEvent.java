package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Dequantisation, timed by events on the device. */
public class DequantizeDeviceEvent extends DeviceEventState {
    /** One sample. */
    @Benchmark
    public void call() {
        timeNext();
    }
}
