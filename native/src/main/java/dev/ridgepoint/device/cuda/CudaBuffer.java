package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.DriverMemory;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;

/** A range of GPU memory. Copies wait for the device's launches, as launches wait for copies. */
final class CudaBuffer implements DeviceBuffer {
    /** Arrays are copied in pieces, by way of memory outside the heap. */
    private static final int PIECE = 1 << 20;

    private final CudaDevice device;
    private final long bytes;
    private final Consumer<CudaBuffer> onClose;
    private DriverMemory memory;

    CudaBuffer(CudaDevice device, long bytes, DriverMemory memory, Consumer<CudaBuffer> onClose) {
        this.device = device;
        this.bytes = bytes;
        this.memory = memory;
        this.onClose = onClose;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long address() {
        requireOpen();
        return memory.address();
    }

    /** Cheap enough for every launch: a kernel must not touch memory that was given back. */
    void requireOpen() {
        if (memory == null) {
            throw new DeviceException("the buffer of " + bytes + " bytes is closed");
        }
    }

    boolean belongsTo(CudaDevice owner) {
        return device == owner;
    }

    @Override
    public void upload(long offset, ByteBuffer source) {
        check(offset, source.remaining());
        device.settle();
        if (source.isDirect()) {
            memory.upload(offset, source);
            source.position(source.limit());
            return;
        }
        ByteBuffer piece = ByteBuffer.allocateDirect(Math.min(PIECE, source.remaining()));
        for (long at = offset; source.hasRemaining(); at += piece.limit()) {
            piece.clear().limit(Math.min(piece.capacity(), source.remaining()));
            piece.put(source.slice().limit(piece.limit())).flip();
            source.position(source.position() + piece.limit());
            memory.upload(at, piece);
        }
    }

    @Override
    public void download(long offset, ByteBuffer target) {
        check(offset, target.remaining());
        device.settle();
        if (target.isDirect()) {
            memory.download(offset, target);
            target.position(target.limit());
            return;
        }
        ByteBuffer piece = ByteBuffer.allocateDirect(Math.min(PIECE, target.remaining()));
        for (long at = offset; target.hasRemaining(); at += piece.limit()) {
            piece.clear().limit(Math.min(piece.capacity(), target.remaining()));
            memory.download(at, piece);
            target.put(piece.duplicate());
        }
    }

    @Override
    public void fill(byte value) {
        requireOpen();
        device.settle();
        memory.fill(value, bytes, device.stream());
        device.settle();
    }

    /** Sets every byte in the order of launches, and returns at once. */
    void fillInOrder(byte value) {
        memory.fill(value, bytes, device.stream());
    }

    private void check(long offset, int length) {
        requireOpen();
        try {
            Objects.checkFromIndexSize(offset, length, bytes);
        } catch (IndexOutOfBoundsException e) {
            throw new DeviceException(
                    "offset: " + length + " bytes from " + offset + " are outside a buffer of " + bytes + " bytes", e);
        }
    }

    @Override
    public void close() {
        if (memory != null) {
            DriverMemory given = memory;
            memory = null;
            onClose.accept(this);
            given.close();
        }
    }
}
