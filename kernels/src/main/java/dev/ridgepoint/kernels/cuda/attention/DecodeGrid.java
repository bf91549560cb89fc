package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.shape.AttentionShape;

/**
 * How decoding is shared among blocks.
 *
 * @param tiles tiles of eight rows a block has, 1, 2 or 4, its warps sharing the keys where they are fewer than four
 * @param rowBlocks blocks for the longest sequence's rows
 * @param kvHeads key/value heads
 * @param sequences sequences
 * @param shares of the keys, put together by a second launch where there is more than one
 * @param rows of the output: tokens times query heads
 */
record DecodeGrid(int tiles, int rowBlocks, int kvHeads, int sequences, int shares, long rows) {
    /** Rows of a warp; the kernel's kTileRows. */
    private static final int TILE_ROWS = 8;
    /** Warps of a block; the kernel's kDecodeWarps. */
    private static final int WARPS = 4;
    /** Keys a share has at least: fewer do not pay for putting shares together. */
    private static final int SHORTEST_SHARE = 128;
    /** Blocks of an SM that keep enough bytes on their way. */
    private static final int BLOCKS_PER_UNIT = 2;

    static DecodeGrid of(AttentionShape shape, int units) {
        long rows = Extent.mostRows(shape);
        int tiles = rows <= TILE_ROWS ? 1 : rows <= 2 * TILE_ROWS ? 2 : WARPS;
        long rowBlocks = Geometry.tiles(rows, (long) tiles * TILE_ROWS);
        long sequences = Extent.sequences(shape);
        long blocks = rowBlocks * shape.kvHeads() * sequences;
        return new DecodeGrid(
                tiles,
                (int) rowBlocks,
                (int) shape.kvHeads(),
                (int) sequences,
                Shares.fewest(blocks, Extent.mostKeysSeen(shape) / SHORTEST_SHARE, (long) units * BLOCKS_PER_UNIT),
                Extent.queries(shape) * shape.qHeads());
    }

    Geometry geometry() {
        return Geometry.of(new Dim3(rowBlocks, kvHeads * shares, sequences), Dim3.of(WARPS * Integer.SIZE));
    }

    String reason() {
        String warps = tiles == WARPS ? "a tile of 8 rows a warp" : WARPS / tiles + " warps share a block's keys";
        return warps + ", " + Shares.reason(shares);
    }
}
