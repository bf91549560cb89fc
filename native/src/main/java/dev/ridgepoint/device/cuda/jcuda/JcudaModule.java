package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.cuda.driver.DriverFunction;
import dev.ridgepoint.device.cuda.driver.DriverModule;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

record JcudaModule(CUmodule handle) implements DriverModule {
    @Override
    public DriverFunction function(String symbol) {
        CUfunction function = new CUfunction();
        JcudaCalls.check("cuModuleGetFunction", JCudaDriver.cuModuleGetFunction(function, handle, symbol));
        return new JcudaFunction(function);
    }

    @Override
    public void close() {
        JcudaCalls.check("cuModuleUnload", JCudaDriver.cuModuleUnload(handle));
    }
}
