package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.cuda.driver.DriverMemory;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;

record JniMemory(long address) implements DriverMemory {
    private static final long DEFAULT_STREAM = 0;

    @Override
    public void upload(long offset, ByteBuffer source) {
        Calls.check("cuMemcpyHtoD", NativeCuda.copy_to_device(address + offset, start(source), source.remaining()));
        // The last bytes may still be on their way; streams that do not wait for the default one would overtake them.
        Calls.check("cuStreamSynchronize", NativeCuda.stream_synchronize(DEFAULT_STREAM));
    }

    @Override
    public void download(long offset, ByteBuffer target) {
        Calls.check("cuMemcpyDtoH", NativeCuda.copy_to_host(start(target), address + offset, target.remaining()));
    }

    private static long start(ByteBuffer buffer) {
        return new Pointer(buffer.slice()).address();
    }

    @Override
    public void fill(byte value, long bytes, DriverStream stream) {
        Calls.check("cuMemsetD8Async", NativeCuda.fill_async(address, value, bytes, ((JniStream) stream).handle()));
    }

    @Override
    public void close() {
        Calls.check("cuMemFree", NativeCuda.memory_free(address));
    }
}
