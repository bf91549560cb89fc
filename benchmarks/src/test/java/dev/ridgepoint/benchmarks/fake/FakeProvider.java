package dev.ridgepoint.benchmarks.fake;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceProvider;

/** Offers the fake device as a backend, in tests only. */
public final class FakeProvider implements DeviceProvider {
    @Override
    public String backend() {
        return "fake";
    }

    @Override
    public Device open() {
        return new FakeDevice();
    }
}
