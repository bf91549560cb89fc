package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.device.cuda.GpuTelemetry;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;

/** A case timed on a CUDA device, which works while the host goes on. */
public abstract class CudaState extends TimedState {
    private final HeldClocks held = new HeldClocks();
    private CudaDevice device;
    private int launchesOfACall;

    @Override
    protected void ready(MeasuredCase verified) {
        super.ready(verified);
        device = (CudaDevice) verified.device();
        launchesOfACall = verified.cell().domain().launches(verified.cell().problem());
        GpuTelemetry telemetry = device.telemetry().orElse(null);
        Instruments.install(new Instruments(times(), telemetry, held));
    }

    @Override
    final PreparedLaunch[] slowed(PlantedSlowdown slowdown, PreparedLaunch[] plain) {
        return slowdown.repeating(plain);
    }

    /** Where the device's own times are put; null where the host's clock counts. */
    DeviceTimes times() {
        return null;
    }

    final CudaDevice device() {
        return device;
    }

    /** As many as JMH was told. */
    final int launchesOfACall() {
        return launchesOfACall;
    }

    @Override
    protected final ForkVerdict verdict(MeasuredCase called) {
        return super.verdict(called).withThrottled(held.verdict());
    }

    /** Nothing of an iteration may run into the next one. */
    @TearDown(Level.Iteration)
    public void endIteration() {
        synchronize();
    }
}
