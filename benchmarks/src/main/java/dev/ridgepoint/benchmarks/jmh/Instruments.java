package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.device.cuda.TelemetrySource;

/**
 * What the device of this fork is read with between iterations. JMH makes its profilers itself and hands them nothing,
 * so the state that is timed and the profiler that writes down its iterations meet here; a fork times one case.
 *
 * @param times the device's own times of launches, null where the host's clock counts
 * @param telemetry what the device says of itself, null where nobody tells
 * @param held whether its clocks were held back
 */
record Instruments(DeviceTimes times, TelemetrySource telemetry, HeldClocks held) {
    private static volatile Instruments ofThisFork = new Instruments(null, null, new HeldClocks());

    static void install(Instruments instruments) {
        ofThisFork = instruments;
    }

    static Instruments ofThisFork() {
        return ofThisFork;
    }
}
