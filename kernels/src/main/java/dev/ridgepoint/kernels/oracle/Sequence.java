package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.AttentionShape;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one sequence of a batch lies.
 *
 * @param index its number
 * @param firstQuery the first of its query tokens among all
 * @param firstKey the first of its key tokens among all, were they not paged
 */
record Sequence(int index, int firstQuery, int queries, int firstKey, int keys) {
    /** All sequences, read from the offsets the kernel gets where the batch is ragged. */
    static List<Sequence> of(AttentionShape shape, OperandSet operands) {
        List<Sequence> sequences = new ArrayList<>();
        if (shape.segments().isEmpty()) {
            int queries = Math.toIntExact(shape.seqLenQ());
            int keys = Math.toIntExact(shape.seqLenKv());
            for (int i = 0; i < shape.batch(); i++) {
                sequences.add(
                        new Sequence(i, Math.multiplyExact(i, queries), queries, Math.multiplyExact(i, keys), keys));
            }
            return sequences;
        }
        IntBuffer queries = operands.input("qOffsets").asIntBuffer();
        IntBuffer keys = operands.input("kvOffsets").asIntBuffer();
        for (int i = 0; i + 1 < queries.limit(); i++) {
            sequences.add(new Sequence(
                    i,
                    queries.get(i),
                    queries.get(i + 1) - queries.get(i),
                    keys.get(i),
                    keys.get(i + 1) - keys.get(i)));
        }
        return sequences;
    }

    /** The row of a query and head in the output [tokens, qHeads, valueDim]. */
    int outputRow(int query, int head, AttentionShape shape) {
        return Math.toIntExact((firstQuery + (long) query) * shape.qHeads() + head);
    }
}
