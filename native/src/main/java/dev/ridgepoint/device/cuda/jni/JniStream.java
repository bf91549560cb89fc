package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.cuda.driver.DriverGraph;
import dev.ridgepoint.device.cuda.driver.DriverStream;

record JniStream(long handle) implements DriverStream {
    @Override
    public void synchronize() {
        Calls.check("cuStreamSynchronize", NativeCuda.stream_synchronize(handle));
    }

    @Override
    public void beginCapture() {
        Calls.check("cuStreamBeginCapture", NativeCuda.capture_begin(handle));
    }

    @Override
    public DriverGraph endCapture() {
        return new JniGraph(Calls.value("cuStreamEndCapture", out -> NativeCuda.capture_end(handle, out)));
    }

    @Override
    public void close() {
        Calls.check("cuStreamDestroy", NativeCuda.stream_destroy(handle));
    }
}
