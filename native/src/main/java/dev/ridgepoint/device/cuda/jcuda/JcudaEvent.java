package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.cuda.driver.DriverEvent;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;

record JcudaEvent(CUevent handle) implements DriverEvent {
    @Override
    public void record(DriverStream stream) {
        JcudaCalls.check("cuEventRecord", JCudaDriver.cuEventRecord(handle, ((JcudaStream) stream).handle()));
    }

    @Override
    public void synchronize() {
        JcudaCalls.check("cuEventSynchronize", JCudaDriver.cuEventSynchronize(handle));
    }

    @Override
    public float millisSince(DriverEvent earlier) {
        float[] millis = new float[1];
        JcudaCalls.check(
                "cuEventElapsedTime", JCudaDriver.cuEventElapsedTime(millis, ((JcudaEvent) earlier).handle(), handle));
        return millis[0];
    }

    @Override
    public void close() {
        JcudaCalls.check("cuEventDestroy", JCudaDriver.cuEventDestroy(handle));
    }
}
