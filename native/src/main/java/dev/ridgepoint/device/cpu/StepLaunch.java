package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import java.util.List;

/** A launch is its steps, one after the other, on the caller's thread. */
final class StepLaunch implements PreparedLaunch {
    private final Step[] steps;
    private final CpuBuffer[] buffers;
    private final String implementation;
    private Runnable giveBack;

    StepLaunch(Step[] steps, List<CpuBuffer> buffers, String implementation, Runnable giveBack) {
        this.steps = steps;
        this.buffers = buffers.toArray(CpuBuffer[]::new);
        this.implementation = implementation;
        this.giveBack = giveBack;
    }

    @Override
    public void launch() {
        if (giveBack == null) {
            throw new DeviceException("the launch is closed");
        }
        for (CpuBuffer buffer : buffers) {
            buffer.requireOpen();
        }
        for (Step step : steps) {
            step.run();
        }
    }

    /** The steps, in order. */
    List<Step> steps() {
        return List.of(steps);
    }

    @Override
    public void synchronize() {
        // Every step has finished when it returns.
    }

    @Override
    public String implementation() {
        return implementation;
    }

    @Override
    public void close() {
        if (giveBack != null) {
            giveBack.run();
            giveBack = null;
        }
    }
}
