package dev.ridgepoint.benchmarks.fake;

import dev.ridgepoint.device.DeviceBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Memory of the fake device. */
public final class FakeBuffer implements DeviceBuffer {
    private static long nextAddress = 4096;

    private final ByteBuffer memory;
    private final long address;

    FakeBuffer(long bytes) {
        memory = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        address = nextAddress;
        nextAddress += bytes;
    }

    FloatBuffer floats() {
        return memory.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    @Override
    public long bytes() {
        return memory.capacity();
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public void upload(long offset, ByteBuffer source) {
        memory.duplicate().position((int) offset).put(source);
    }

    @Override
    public void download(long offset, ByteBuffer target) {
        target.put(memory.slice((int) offset, target.remaining()));
    }

    @Override
    public void fill(byte value) {
        for (int i = 0; i < memory.capacity(); i++) {
            memory.put(i, value);
        }
    }

    @Override
    public void close() {}
}
