package dev.ridgepoint.device.cpu;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer to an address we know. */
public final class Memory extends BytePointer {
    private static final long serialVersionUID = 1;

    private Memory(long address, long bytes) {
        super((Pointer) null);
        this.address = address;
        this.limit = bytes;
        this.capacity = bytes;
    }

    /** {@code bytes} bytes from {@code address} on; owns nothing. */
    public static Memory at(long address, long bytes) {
        return new Memory(address, bytes);
    }
}
