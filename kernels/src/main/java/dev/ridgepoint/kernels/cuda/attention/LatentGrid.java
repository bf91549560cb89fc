package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.shape.AttentionShape;

/**
 * How attention to latent keys is shared among blocks.
 *
 * @param groups groups of four warps and sixteen rows that a block has, 1 or 2
 * @param rowBlocks blocks for the longest sequence's rows
 * @param kvHeads key/value heads
 * @param sequences sequences
 * @param shares of the keys, put together by a second launch where there is more than one
 * @param rows of the output: tokens times query heads
 */
record LatentGrid(int groups, int rowBlocks, int kvHeads, int sequences, int shares, long rows) {
    /** Rows of a group; the kernel's kLatentRows. */
    private static final int GROUP_ROWS = 16;

    private static final int GROUP_THREADS = 128;
    private static final int MOST_GROUPS = 2;
    /** Two stages of 32 keys. */
    private static final int KEY_BYTES = 2 * 32 * 576 * Short.BYTES;
    /** Each warp's part of the scores of 16 rows and 32 keys. */
    private static final int SCORE_BYTES = 4 * 16 * 32 * Float.BYTES;
    /** Keys a share has at least: fewer do not pay for putting shares together. */
    private static final int SHORTEST_SHARE = 128;

    static LatentGrid of(AttentionShape shape, int units) {
        long rows = Extent.mostRows(shape);
        int groups = (int) Math.min(MOST_GROUPS, Geometry.tiles(rows, GROUP_ROWS));
        long rowBlocks = Geometry.tiles(rows, (long) groups * GROUP_ROWS);
        long sequences = Extent.sequences(shape);
        long blocks = rowBlocks * shape.kvHeads() * sequences;
        return new LatentGrid(
                groups,
                (int) rowBlocks,
                (int) shape.kvHeads(),
                (int) sequences,
                // Shared memory leaves an SM of most devices one block.
                Shares.fewest(blocks, Extent.mostKeysSeen(shape) / SHORTEST_SHARE, units),
                Extent.queries(shape) * shape.qHeads());
    }

    Geometry geometry() {
        return Geometry.of(new Dim3(rowBlocks, kvHeads * shares, sequences), Dim3.of(groups * GROUP_THREADS))
                .withShared(KEY_BYTES + groups * SCORE_BYTES);
    }

    String reason() {
        return groups * GROUP_ROWS + " rows a block, " + Shares.reason(shares);
    }
}
