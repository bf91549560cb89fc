package dev.ridgepoint.device.cpu.attention;

import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.Memory;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Where each sequence begins, in tokens: the operands of a ragged batch, or made up for a uniform one.
 *
 * @param queries address of int32 [sequences + 1]
 * @param keys address of int32 [sequences + 1]
 */
record Offsets(long sequences, long longestQ, long longestKv, long queries, long keys) {
    static Offsets of(AttentionShape shape, LaunchBuilder launch) {
        long sequences = 0;
        long longestQ = 0;
        long longestKv = 0;
        for (Segment s : shape.sequences()) {
            sequences += s.count();
            longestQ = Math.max(longestQ, s.seqLenQ());
            longestKv = Math.max(longestKv, s.seqLenKv());
        }
        if (!shape.segments().isEmpty()) {
            return new Offsets(sequences, longestQ, longestKv, launch.address("qOffsets"), launch.address("kvOffsets"));
        }
        return new Offsets(
                sequences,
                longestQ,
                longestKv,
                uniform(sequences, shape.seqLenQ(), launch),
                uniform(sequences, shape.seqLenKv(), launch));
    }

    private static long uniform(long sequences, long length, LaunchBuilder launch) {
        if (sequences * length > Integer.MAX_VALUE) {
            throw new UnsupportedKernelException(
                    "tokens are counted in 32 bits, and " + sequences + " sequences of " + length + " exceed them");
        }
        long bytes = Integer.BYTES * (sequences + 1);
        long address = launch.scratch(bytes);
        IntBuffer offsets = Memory.at(address, bytes)
                .asBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        for (long i = 0; i <= sequences; i++) {
            offsets.put((int) (i * length));
        }
        return address;
    }
}
