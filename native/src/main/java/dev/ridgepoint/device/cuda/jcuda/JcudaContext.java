package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.cuda.driver.CudaErrors;
import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverEvent;
import dev.ridgepoint.device.cuda.driver.DriverMemory;
import dev.ridgepoint.device.cuda.driver.DriverModule;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import java.nio.charset.StandardCharsets;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUevent;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import jcuda.driver.JITOptions;

record JcudaContext(CUdevice device, CUcontext handle) implements DriverContext {
    private static final int NON_BLOCKING = 1;
    private static final int LOG_BYTES = 16384;

    @Override
    public void makeCurrent() {
        JcudaCalls.check("cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent(handle));
    }

    @Override
    public DriverMemory allocate(long bytes) {
        JcudaMemory memory = new JcudaMemory();
        JcudaCalls.check("cuMemAlloc", JCudaDriver.cuMemAlloc(memory.start(), bytes));
        return memory;
    }

    @Override
    public DriverModule load(byte[] image) {
        CUmodule module = new CUmodule();
        byte[] log = new byte[LOG_BYTES];
        JITOptions options = new JITOptions();
        options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, log);
        options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, LOG_BYTES);
        int result = JCudaDriver.cuModuleLoadDataJIT(module, Pointer.to(image), options);
        if (result != CudaErrors.SUCCESS) {
            String said = new String(log, StandardCharsets.UTF_8);
            JcudaCalls.fail("cuModuleLoadDataEx", result, said.substring(0, said.indexOf('\0')));
        }
        return new JcudaModule(module);
    }

    @Override
    public DriverStream createStream() {
        CUstream stream = new CUstream();
        JcudaCalls.check("cuStreamCreate", JCudaDriver.cuStreamCreate(stream, NON_BLOCKING));
        return new JcudaStream(stream);
    }

    @Override
    public DriverEvent createEvent() {
        CUevent event = new CUevent();
        JcudaCalls.check("cuEventCreate", JCudaDriver.cuEventCreate(event, 0));
        return new JcudaEvent(event);
    }

    @Override
    public void close() {
        JcudaCalls.check("cuDevicePrimaryCtxRelease", JCudaDriver.cuDevicePrimaryCtxRelease(device));
    }
}
