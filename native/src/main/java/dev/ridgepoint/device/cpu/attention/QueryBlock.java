package dev.ridgepoint.device.cpu.attention;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring queries and the keys that any of them sees.
 *
 * @param rows queries
 * @param first first query
 * @param seen keys each query sees, one range a row
 */
record QueryBlock(long first, long rows, List<Range> seen) {
    /** Queries a block under a mask: the keys it meets in vain are at most as many. */
    private static final long MASKED_ROWS = 128;
    /** Scores of a block and head stay within a typical second-level cache. */
    private static final long SCORES = 1 << 18;

    /** Keys from one to before another. */
    record Range(long from, long to) {}

    /** The blocks of one sequence, in order, from the first query on that sees a key. */
    static List<QueryBlock> plan(AttentionShape shape, long queries, long keys) {
        long rows = Math.max(16, SCORES / Math.max(1, keys) / shape.groupSize());
        rows = Math.min(shape.mask() == Mask.FULL ? rows : Math.min(rows, MASKED_ROWS), queries);
        List<QueryBlock> blocks = new ArrayList<>();
        for (long first = queries - shape.seeingQueries(queries, keys); first < queries; first += rows) {
            List<Range> seen = new ArrayList<>();
            for (long query = first; query < Math.min(first + rows, queries); query++) {
                seen.add(visible(shape, query, queries, keys));
            }
            blocks.add(new QueryBlock(first, seen.size(), seen));
        }
        return blocks;
    }

    /** The keys a query sees; neither end moves back from one query to the next. */
    private static Range visible(AttentionShape shape, long query, long queries, long keys) {
        long position = keys - queries + query;
        long half = shape.window() / 2;
        return switch (shape.mask()) {
            case FULL -> new Range(0, keys);
            case CAUSAL -> new Range(0, position + 1);
            case SLIDING -> new Range(Math.max(0, position - shape.window() + 1), position + 1);
            case LOCAL -> new Range(Math.max(0, position - half), Math.min(keys, position + half + 1));
            case TREE -> throw new IllegalArgumentException("a token tree is no range of keys");
        };
    }

    /** First key that any query of the block sees. */
    long fromKey() {
        return seen.get(0).from();
    }

    /** Keys that any query of the block sees. */
    long keys() {
        return seen.get(seen.size() - 1).to() - fromKey();
    }

    /** Whether a query is kept from a key that another of the block sees. */
    boolean hides() {
        return seen.stream().anyMatch(range -> range.to() - range.from() < keys());
    }
}
