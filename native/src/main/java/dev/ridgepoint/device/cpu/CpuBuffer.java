package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;

/** Host memory outside the heap, aligned to a page, and to a huge page where it is as large as one. */
final class CpuBuffer implements DeviceBuffer {
    private static final long PAGE = 4096;
    private static final long HUGE_PAGE = 2L << 20;

    private final long bytes;
    private final Consumer<CpuBuffer> onClose;
    private final long address;
    private Pointer block;

    private CpuBuffer(long bytes, Pointer block, long address, Consumer<CpuBuffer> onClose) {
        this.bytes = bytes;
        this.block = block;
        this.address = address;
        this.onClose = onClose;
    }

    static CpuBuffer allocate(long bytes, Consumer<CpuBuffer> onClose) {
        if (bytes < 1) {
            throw new DeviceException("bytes: a buffer has at least one byte, got " + bytes);
        }
        long alignment = bytes >= HUGE_PAGE ? HUGE_PAGE : PAGE;
        Pointer block = Pointer.malloc(Math.addExact(bytes, alignment));
        if (block == null || block.isNull()) {
            throw new DeviceException("out of memory: could not allocate " + bytes + " bytes on the host");
        }
        long aligned = (block.address() + alignment - 1) & -alignment;
        return new CpuBuffer(bytes, block, aligned, onClose);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long address() {
        requireOpen();
        return address;
    }

    /** Cheap enough for every launch: a kernel must not touch memory that was given back. */
    void requireOpen() {
        if (block == null) {
            throw new DeviceException("the buffer of " + bytes + " bytes is closed");
        }
    }

    @Override
    public void upload(long offset, ByteBuffer source) {
        view(offset, source.remaining()).put(source);
    }

    @Override
    public void download(long offset, ByteBuffer target) {
        target.put(view(offset, target.remaining()));
    }

    @Override
    public void fill(byte value) {
        requireOpen();
        Pointer.memset(Memory.at(address, bytes), value & 0xff, bytes);
    }

    private ByteBuffer view(long offset, int length) {
        requireOpen();
        try {
            Objects.checkFromIndexSize(offset, length, bytes);
        } catch (IndexOutOfBoundsException e) {
            throw new DeviceException(
                    "offset: " + length + " bytes from " + offset + " are outside a buffer of " + bytes + " bytes", e);
        }
        return Memory.at(address + offset, length).asBuffer();
    }

    @Override
    public void close() {
        if (block != null) {
            Pointer.free(block);
            block = null;
            onClose.accept(this);
        }
    }
}
