package dev.ridgepoint.device.cuda;

/** Overwrites a buffer of twice the last-level cache, so that the next kernel finds none of its operands there. */
public final class L2Flush implements AutoCloseable {
    private final CudaBuffer buffer;
    private byte value;

    L2Flush(CudaDevice device) {
        this.buffer = device.scratch(2 * Math.max(1, device.traits().lastLevelCacheBytes()));
    }

    /** Flushes in the order of launches, and returns at once. */
    public void flush() {
        // Never the value that lies there: a memory that compresses equal writes must not get away with it.
        buffer.fillInOrder(value++);
    }

    @Override
    public void close() {
        buffer.close();
    }
}
