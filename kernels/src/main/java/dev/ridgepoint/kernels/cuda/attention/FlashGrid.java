package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.shape.AttentionShape;
import java.util.Arrays;

/**
 * How attention is shared among blocks.
 *
 * @param rowTiles tiles of the longest sequence's rows, a row being a query and a query head of the same key head
 * @param kvHeads key/value heads
 * @param sequences sequences
 * @param shares of the keys, put together by a second launch where there is more than one
 * @param rows of the output: tokens times query heads
 * @param dim elements of a head that are computed with: those of keys and values, and zeros
 * @param sharedBytes dynamic shared memory of a block
 */
record FlashGrid(int rowTiles, int kvHeads, int sequences, int shares, long rows, int dim, int sharedBytes) {
    /** Rows of a block; the kernel's kQueryRows. */
    private static final int TILE_ROWS = 64;
    /** Threads of a block; the kernel's kFlashThreads. */
    private static final Dim3 THREADS = Dim3.of(128);
    /** Keys a share has at least: fewer do not pay for putting shares together. */
    private static final int SHORTEST_SHARE = 256;

    private static final int MOST_SHARES = 64;
    /** Widths the kernel is compiled for. */
    private static final int[] DIMS = {64, 96, 128, 256};
    /** The widest of them. */
    static final int WIDEST = 256;
    /** Above this, tiles have half as many keys. */
    private static final int WIDE = 128;

    static FlashGrid of(AttentionShape shape, int units) {
        int rowTiles = (int) Geometry.tiles(Extent.mostRows(shape), TILE_ROWS);
        long sequences = Extent.sequences(shape);
        long blocks = rowTiles * shape.kvHeads() * sequences;
        long wanted = Math.min(MOST_SHARES, Geometry.tiles(2L * units, blocks));
        // Where blocks nearly fill the device already, sharing costs more than it brings.
        long shares = blocks >= units ? 1 : Math.min(wanted, Extent.mostKeysSeen(shape) / SHORTEST_SHARE);
        long widest = Math.max(shape.headDim(), shape.valueDim());
        int dim = Arrays.stream(DIMS).filter(d -> d >= widest).findFirst().orElseThrow();
        int keys = dim > WIDE ? 32 : 64;
        return new FlashGrid(
                rowTiles,
                (int) shape.kvHeads(),
                (int) sequences,
                (int) Math.max(1, shares),
                Extent.queries(shape) * shape.qHeads(),
                dim,
                (TILE_ROWS + 4 * keys) * dim * Short.BYTES);
    }

    Geometry geometry() {
        return Geometry.of(new Dim3(rowTiles, kvHeads * shares, sequences), THREADS)
                .withShared(sharedBytes);
    }

    String reason() {
        return "heads of " + dim + ", "
                + (shares == 1
                        ? "keys are not shared: enough blocks without"
                        : shares + " shares of the keys: rows alone leave SMs idle");
    }
}
