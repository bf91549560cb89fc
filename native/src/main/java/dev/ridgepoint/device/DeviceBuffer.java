package dev.ridgepoint.device;

import java.nio.ByteBuffer;

/** A range of device memory. Copies take direct or heap buffers, from position to limit, and may be made in pieces. */
public interface DeviceBuffer extends AutoCloseable {
    long bytes();

    /** The address kernels see. */
    long address();

    void upload(long offset, ByteBuffer source);

    void download(long offset, ByteBuffer target);

    /** Sets every byte, as the gate does to poison outputs. */
    void fill(byte value);

    @Override
    void close();
}
