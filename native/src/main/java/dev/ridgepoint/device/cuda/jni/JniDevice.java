package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.cuda.driver.DeviceAttribute;
import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverDevice;

record JniDevice(int index, int handle) implements DriverDevice {
    @Override
    public String name() {
        return NativeCuda.device_name(handle);
    }

    @Override
    public String uuid() {
        return NativeCuda.device_uuid(handle);
    }

    @Override
    public int attribute(DeviceAttribute attribute) {
        return (int) Calls.value(
                "cuDeviceGetAttribute", out -> NativeCuda.device_attribute(handle, attribute.number(), out));
    }

    @Override
    public long memoryBytes() {
        return Calls.value("cuDeviceTotalMem", out -> NativeCuda.device_memory(handle, out));
    }

    @Override
    public DriverContext open() {
        JniContext context = new JniContext(
                handle, Calls.value("cuDevicePrimaryCtxRetain", out -> NativeCuda.context_retain(handle, out)));
        context.makeCurrent();
        return context;
    }
}
