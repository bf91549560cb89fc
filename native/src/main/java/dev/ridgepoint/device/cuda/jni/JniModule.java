package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.cuda.driver.DriverFunction;
import dev.ridgepoint.device.cuda.driver.DriverModule;

record JniModule(long handle) implements DriverModule {
    @Override
    public DriverFunction function(String symbol) {
        return new JniFunction(
                Calls.value("cuModuleGetFunction", out -> NativeCuda.module_function(handle, symbol, out)));
    }

    @Override
    public void close() {
        Calls.check("cuModuleUnload", NativeCuda.module_unload(handle));
    }
}
