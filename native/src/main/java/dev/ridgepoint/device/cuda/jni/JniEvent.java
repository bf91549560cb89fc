package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.cuda.driver.DriverEvent;
import dev.ridgepoint.device.cuda.driver.DriverStream;

record JniEvent(long handle) implements DriverEvent {
    @Override
    public void record(DriverStream stream) {
        Calls.check("cuEventRecord", NativeCuda.event_record(handle, ((JniStream) stream).handle()));
    }

    @Override
    public void synchronize() {
        Calls.check("cuEventSynchronize", NativeCuda.event_synchronize(handle));
    }

    @Override
    public float millisSince(DriverEvent earlier) {
        float[] millis = new float[1];
        Calls.check("cuEventElapsedTime", NativeCuda.event_elapsed(((JniEvent) earlier).handle(), handle, millis));
        return millis[0];
    }

    @Override
    public void close() {
        Calls.check("cuEventDestroy", NativeCuda.event_destroy(handle));
    }
}
