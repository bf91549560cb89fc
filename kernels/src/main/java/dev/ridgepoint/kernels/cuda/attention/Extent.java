package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import java.util.function.ToLongFunction;

/** How far attention reaches, ragged or not: what grids are made of. */
final class Extent {
    private Extent() {}

    static long sequences(AttentionShape shape) {
        return total(shape, s -> 1);
    }

    /** Tokens of queries. */
    static long queries(AttentionShape shape) {
        return total(shape, Segment::seqLenQ);
    }

    /** Tokens of keys, the rest of a page counts. */
    static long keys(AttentionShape shape) {
        return keyRows(shape) / shape.kvHeads();
    }

    /** Rows of keys in memory, a token of a head each; the rest of a page counts. */
    static long keyRows(AttentionShape shape) {
        long page = Math.max(1, shape.pageSize());
        return shape.kvHeads() * total(shape, s -> (s.seqLenKv() + page - 1) / page * page);
    }

    /** Rows of the longest sequence, a query and a query head of the same key head each. */
    static long mostRows(AttentionShape shape) {
        return shape.groupSize() * most(shape, Segment::seqLenQ);
    }

    /** Keys that a sequence's queries see together. */
    static long mostKeysSeen(AttentionShape shape) {
        return most(
                shape, s -> shape.window() == 0 ? s.seqLenKv() : Math.min(s.seqLenKv(), shape.window() + s.seqLenQ()));
    }

    private static long total(AttentionShape shape, ToLongFunction<Segment> ofOne) {
        return shape.sequences().stream()
                .mapToLong(s -> s.count() * ofOne.applyAsLong(s))
                .sum();
    }

    private static long most(AttentionShape shape, ToLongFunction<Segment> ofOne) {
        return shape.sequences().stream().mapToLong(ofOne).max().orElseThrow();
    }
}
