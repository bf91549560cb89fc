package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Attention, timed by events on the device. */
public class AttentionDeviceEvent extends DeviceEventState {
    /** One sample. */
    @Benchmark
    public void call() {
        timeNext();
    }
}
