package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.AttentionShape;
import java.nio.IntBuffer;

/**
 * The places of tokens in a cache.
 *
 * @param pageSize tokens a page, 0 where tokens of a sequence lie side by side
 * @param blockTable pages of every sequence, or null
 * @param pagesOfLongest entries of the table a sequence
 */
record Slots(int pageSize, IntBuffer blockTable, int pagesOfLongest) {
    static Slots of(AttentionShape shape, OperandSet operands, int sequences) {
        if (shape.pageSize() == 0) {
            return new Slots(0, null, 0);
        }
        IntBuffer table = operands.input("blockTable").asIntBuffer();
        return new Slots(Math.toIntExact(shape.pageSize()), table, table.limit() / sequences);
    }

    /** The place of a sequence's key. */
    long of(Sequence sequence, int key) {
        if (blockTable == null) {
            return sequence.firstKey() + key;
        }
        int page = blockTable.get(sequence.index() * pagesOfLongest + key / pageSize);
        return (long) page * pageSize + key % pageSize;
    }
}
