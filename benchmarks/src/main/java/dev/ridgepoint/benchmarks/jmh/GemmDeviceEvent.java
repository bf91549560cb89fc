package dev.ridgepoint.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Matrix products, timed by events on the device. */
public class GemmDeviceEvent extends DeviceEventState {
    /** One sample. */
    @Benchmark
    public void call() {
        timeNext();
    }
}
