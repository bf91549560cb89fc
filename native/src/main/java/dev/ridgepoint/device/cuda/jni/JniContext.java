package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.cuda.driver.CudaErrors;
import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverEvent;
import dev.ridgepoint.device.cuda.driver.DriverMemory;
import dev.ridgepoint.device.cuda.driver.DriverModule;
import dev.ridgepoint.device.cuda.driver.DriverStream;

record JniContext(int device, long handle) implements DriverContext {
    @Override
    public void makeCurrent() {
        Calls.check("cuCtxSetCurrent", NativeCuda.context_set(handle));
    }

    @Override
    public DriverMemory allocate(long bytes) {
        return new JniMemory(Calls.value("cuMemAlloc", out -> NativeCuda.memory_allocate(bytes, out)));
    }

    @Override
    public DriverModule load(byte[] image) {
        long[] module = new long[1];
        int result = NativeCuda.module_load(image, module);
        if (result != CudaErrors.SUCCESS) {
            Calls.fail("cuModuleLoadDataEx", result, NativeCuda.jit_log());
        }
        return new JniModule(module[0]);
    }

    @Override
    public DriverStream createStream() {
        return new JniStream(Calls.value("cuStreamCreate", NativeCuda::stream_create));
    }

    @Override
    public DriverEvent createEvent() {
        return new JniEvent(Calls.value("cuEventCreate", NativeCuda::event_create));
    }

    @Override
    public void close() {
        Calls.check("cuDevicePrimaryCtxRelease", NativeCuda.context_release(device));
    }
}
