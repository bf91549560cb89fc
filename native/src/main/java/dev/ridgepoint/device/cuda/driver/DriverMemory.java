package dev.ridgepoint.device.cuda.driver;

import java.nio.ByteBuffer;

/** A range of device memory. Offsets are checked by whoever calls. */
public interface DriverMemory extends AutoCloseable {
    long address();

    /** Copies a direct buffer's remaining bytes to the device, and returns when they are there. */
    void upload(long offset, ByteBuffer source);

    /** Copies as many bytes as a direct buffer has left, and returns when they are there. */
    void download(long offset, ByteBuffer target);

    /** Sets bytes from the start on, in a stream's order. Allocates nothing. */
    void fill(byte value, long bytes, DriverStream stream);

    @Override
    void close();
}
