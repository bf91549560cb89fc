package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;

/** What kernels of attention have in common that they cannot do. */
final class Limits {
    /** Nodes of a token tree: bits of a path. */
    private static final int LARGEST_TREE = 64;
    /** Blocks in y and z of a grid. */
    private static final int MOST_BLOCKS = 65_535;

    private Limits() {}

    /** What none of them can do of a shape, or null. */
    static String ofAnyHead(AttentionShape shape) {
        if (shape.relPositions() > 0) {
            return "rel_positions: scores no relative positions";
        }
        if (shape.mask() == Mask.TREE && shape.seqLenQ() > LARGEST_TREE) {
            return "Sq: a tree has at most " + LARGEST_TREE + " nodes";
        }
        if (Extent.sequences(shape) > MOST_BLOCKS || shape.kvHeads() > MOST_BLOCKS) {
            return "B, Hkv: more than a grid has blocks";
        }
        return Extent.keyRows(shape) > Integer.MAX_VALUE ? "Skv: more rows of keys than an int counts" : null;
    }
}
