package dev.ridgepoint.benchmarks.fake;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceProvider;
import dev.ridgepoint.device.cuda.Unguarded;

/** A driver that passes for NVIDIA's and is none. */
public final class UnguardedProvider implements DeviceProvider {
    @Override
    public String backend() {
        return "unguarded";
    }

    @Override
    public Device open() {
        return Unguarded.open();
    }
}
