package dev.ridgepoint.benchmarks.tune;

import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.device.cuda.EventTimer;
import dev.ridgepoint.device.cuda.L2Flush;
import java.util.Arrays;

/** By the device's own clock, each launch after a flush of the last-level cache; as cold cases are timed by events. */
public final class EventStopwatch implements Stopwatch {
    private static final int SAMPLES = 32;
    /** About a millisecond, in which the host queues the samples. */
    private static final long CYCLES = 2_000_000;

    private final float[] millis = new float[SAMPLES];
    private final EventTimer timer;
    private final PreparedLaunch occupation;
    private final L2Flush flush;

    public EventStopwatch(CudaDevice device) {
        timer = device.timer(SAMPLES);
        occupation = device.occupation(CYCLES);
        flush = device.l2Flush();
    }

    @Override
    public double medianNs(PreparedLaunch launch) {
        occupation.launch();
        for (int i = 0; i < SAMPLES; i++) {
            flush.flush();
            timer.begin();
            launch.launch();
            timer.end();
        }
        timer.drain(millis);
        Arrays.sort(millis);
        return 1e6 * (millis[SAMPLES / 2 - 1] + millis[SAMPLES / 2]) / 2;
    }

    @Override
    public void close() {
        flush.close();
        occupation.close();
        timer.close();
    }
}
