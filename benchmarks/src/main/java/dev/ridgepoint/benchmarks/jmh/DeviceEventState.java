package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.plan.CacheState;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.EventTimer;
import dev.ridgepoint.device.cuda.L2Flush;

/**
 * Times launches by the device's own clock: an event before each and one after. Cold launches come after a flush of the
 * last-level cache, which is not timed.
 *
 * <p>Samples are taken in groups. A group begins with a kernel that occupies the stream while the host queues the rest:
 * an event that found the stream empty would be reached at once, and the time it begins would have the host's own way to
 * the launch in it. Then one wait, and the times are read.
 */
public abstract class DeviceEventState extends CudaState {
    /** Samples of a group; queueing one takes the host about ten microseconds. */
    private static final int GROUP = 64;
    /** About a millisecond. */
    private static final long CYCLES = 2_000_000;

    private final DeviceTimes times = new DeviceTimes();
    private final float[] millis = new float[GROUP];
    private EventTimer timer;
    private PreparedLaunch occupation;
    private L2Flush flush;
    private int pending;

    @Override
    final DeviceTimes times() {
        return times;
    }

    @Override
    protected final void ready(MeasuredCase verified) {
        super.ready(verified);
        timer = device().timer(GROUP);
        occupation = device().occupation(CYCLES);
        flush = verified.cell().cache() == CacheState.COLD ? device().l2Flush() : null;
    }

    /** Times the next set of buffers; waits once a group. */
    protected final void timeNext() {
        if (pending == 0) {
            occupation.launch();
        }
        if (flush != null) {
            flush.flush();
        }
        timer.begin();
        launchNext();
        timer.end();
        if (++pending == GROUP) {
            read();
        }
    }

    private void read() {
        times.add(millis, timer.drain(millis));
        pending = 0;
    }

    /** Reads what is left of the last group. */
    @Override
    public void endIteration() {
        read();
        super.endIteration();
    }

    @Override
    protected final void close() {
        timer.close();
        occupation.close();
        if (flush != null) {
            flush.close();
        }
    }
}
