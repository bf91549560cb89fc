package dev.ridgepoint.device.cpu.attention;

import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.shape.AttentionShape;

/**
 * How operands look to oneDNN: [key heads, queries a key head, rows, ..], read in place by strides, keys and values
 * broadcast to their group and never copied. A single query makes its group the rows, so that decode multiplies
 * matrices and not vectors.
 *
 * @param heads key heads a call
 * @param type stored type of queries, keys and values
 */
record HeadLayouts(AttentionShape shape, long heads, DType type) {
    Layout queries(long rows) {
        return ofRows(rows, shape.headDim());
    }

    Layout outputs(long rows) {
        return ofRows(rows, shape.valueDim());
    }

    private Layout ofRows(long rows, long dim) {
        long group = shape.groupSize();
        long head = group * dim;
        return rows == 1
                ? Layout.strided(type, new long[] {heads, 1, group, dim}, new long[] {head, head, dim, 1})
                : Layout.strided(
                        type, new long[] {heads, group, rows, dim}, new long[] {head, dim, shape.qHeads() * dim, 1});
    }

    /** Transposed: [.., headDim, keys]. */
    Layout keys(long keys) {
        long dim = shape.headDim();
        return Layout.strided(type, new long[] {heads, 1, dim, keys}, new long[] {dim, dim, 1, shape.kvHeads() * dim});
    }

    Layout values(long keys) {
        long stored = shape.kvShared() ? shape.headDim() : shape.valueDim();
        return Layout.strided(type, new long[] {heads, 1, keys, shape.valueDim()}, new long[] {
            stored, stored, shape.kvHeads() * stored, 1
        });
    }

    /** Scores, or the weights that softmax makes of them. */
    Layout scores(DType stored, long rows, long keys) {
        long group = shape.groupSize();
        return rows == 1
                ? Layout.rowMajor(stored, heads, 1, group, keys)
                : Layout.rowMajor(stored, heads, group, rows, keys);
    }

    /** Matrices of scores a call: one a query head. */
    long matrices() {
        return heads * shape.groupSize();
    }
}
