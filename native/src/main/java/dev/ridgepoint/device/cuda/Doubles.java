package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers in fp64 out of device memory. */
final class Doubles {
    private Doubles() {}

    /** The first {@code count} of {@code target} become those of the buffer from element {@code first} on. */
    static void download(DeviceBuffer buffer, long first, double[] target, int count) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.download(first * Double.BYTES, bytes);
        bytes.clear().asDoubleBuffer().get(target, 0, count);
    }
}
