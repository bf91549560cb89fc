package dev.ridgepoint.device.cpu.attention;

import dev.ridgepoint.device.cpu.Memory;
import dev.ridgepoint.device.cpu.Step;
import org.bytedeco.javacpp.Pointer;

/** Fills a stretch of memory with zero bytes, which are zeros in every plain type. */
final class Zeros implements Step {
    private final Memory memory;
    private final long bytes;

    Zeros(long address, long bytes) {
        this.memory = Memory.at(address, bytes);
        this.bytes = bytes;
    }

    @Override
    public void run() {
        Pointer.memset(memory, 0, bytes);
    }
}
