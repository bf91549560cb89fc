package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * The ends of pages that no token lies in. A server leaves there what was there before, so under a distribution that has NaN they
 * are NaN: a kernel that weighs them by zero instead of leaving them out is wrong.
 */
final class UnusedSlots {
    /** In every floating-point type that has NaN, bytes of ones are one; codes under it are whatever their scale is. */
    private static final byte NAN = (byte) 0xFF;

    private UnusedSlots() {}

    /** Fills those of a problem's cache, if it has pages. */
    static void fill(Problem problem, Function<String, ByteBuffer> buffers) {
        if (problem instanceof AttentionProblem attention && attention.shape().pageSize() > 0) {
            BitSet used = used(attention.shape(), buffers.apply("blockTable").asIntBuffer());
            int slots = Math.toIntExact(new TokenPlaces(attention.shape()).slots("k"));
            for (String name : List.of("k", "kScales", "v", "vScales")) {
                ByteBuffer buffer = buffers.apply(name);
                // One scale of all is no slot's.
                if (buffer != null && buffer.capacity() % slots == 0) {
                    fill(buffer, buffer.capacity() / slots, slots, used);
                }
            }
        }
    }

    private static void fill(ByteBuffer buffer, int bytesOfSlot, int slots, BitSet used) {
        for (int slot = used.nextClearBit(0); slot < slots; slot = used.nextClearBit(slot + 1)) {
            for (int i = 0; i < bytesOfSlot; i++) {
                buffer.put(slot * bytesOfSlot + i, NAN);
            }
        }
    }

    private static BitSet used(AttentionShape shape, IntBuffer table) {
        int pageSize = Math.toIntExact(shape.pageSize());
        long sequences = shape.sequences().stream().mapToLong(Segment::count).sum();
        int pages = Math.toIntExact(table.limit() / sequences);
        BitSet used = new BitSet();
        int sequence = 0;
        for (Segment segment : shape.sequences()) {
            for (long i = 0; i < segment.count(); i++, sequence++) {
                for (int key = 0; key < segment.seqLenKv(); key++) {
                    used.set(table.get(sequence * pages + key / pageSize) * pageSize + key % pageSize);
                }
            }
        }
        return used;
    }
}
