package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.device.PreparedLaunch;

/** Times calls that have finished when they return. One operation is one launch, on the next set of buffers each time. */
public abstract class CpuCallState extends TimedState {
    @Override
    final PreparedLaunch[] slowed(PlantedSlowdown slowdown, PreparedLaunch[] plain) {
        return slowdown.waiting(plain);
    }
}
