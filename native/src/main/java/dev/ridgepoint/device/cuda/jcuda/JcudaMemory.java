package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.cuda.driver.DriverMemory;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import java.nio.ByteBuffer;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

final class JcudaMemory implements DriverMemory {
    private static final CUstream DEFAULT_STREAM = new CUstream();

    private final Start start = new Start();

    /** JCuda keeps a pointer's number to itself and its heirs. */
    private static final class Start extends CUdeviceptr {
        long number() {
            return getNativePointer() + getByteOffset();
        }
    }

    CUdeviceptr start() {
        return start;
    }

    @Override
    public long address() {
        return start.number();
    }

    @Override
    public void upload(long offset, ByteBuffer source) {
        JcudaCalls.check(
                "cuMemcpyHtoD",
                JCudaDriver.cuMemcpyHtoD(start.withByteOffset(offset), Pointer.to(source.slice()), source.remaining()));
        // The last bytes may still be on their way; streams that do not wait for the default one would overtake them.
        JcudaCalls.check("cuStreamSynchronize", JCudaDriver.cuStreamSynchronize(DEFAULT_STREAM));
    }

    @Override
    public void download(long offset, ByteBuffer target) {
        JcudaCalls.check(
                "cuMemcpyDtoH",
                JCudaDriver.cuMemcpyDtoH(Pointer.to(target.slice()), start.withByteOffset(offset), target.remaining()));
    }

    @Override
    public void fill(byte value, long bytes, DriverStream stream) {
        JcudaCalls.check(
                "cuMemsetD8Async", JCudaDriver.cuMemsetD8Async(start, value, bytes, ((JcudaStream) stream).handle()));
    }

    @Override
    public void close() {
        JcudaCalls.check("cuMemFree", JCudaDriver.cuMemFree(start));
    }
}
