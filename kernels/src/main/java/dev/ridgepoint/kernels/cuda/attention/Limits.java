package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.function.Function;

/** What kernels of attention have in common that they cannot do. */
final class Limits {
    /** Nodes of a token tree: bits of a path. */
    private static final int LARGEST_TREE = 64;
    /** Blocks in y and z of a grid. */
    private static final int MOST_BLOCKS = 65_535;

    /** Tokens, and rows of one sequence: ints that are rounded up to tiles. */
    static final long MOST_TOKENS = Integer.MAX_VALUE - 1023;

    private Limits() {}

    /**
     * Whether a kernel of one precision does a problem.
     *
     * @param missing what the kernel cannot do of a shape, or null
     */
    static Support support(
            CudaRow kernel,
            Precision precision,
            Function<AttentionShape, String> missing,
            Problem problem,
            DeviceTraits device) {
        if (!(problem instanceof AttentionProblem attention)) {
            return Support.unsupported("attends, and this is " + problem.op());
        }
        if (!attention.precision().equals(precision)) {
            return Support.unsupported("computes " + precision + ", not " + attention.precision());
        }
        String lacks = missing.apply(attention.shape());
        return lacks == null ? CudaKernels.onArch(kernel, device) : Support.unsupported(lacks);
    }

    /** What none of them can do of a shape, or null. */
    static String ofAnyHead(AttentionShape shape) {
        if (shape.relPositions() > 0) {
            return "rel_positions: scores no relative positions";
        }
        if (shape.rope() != null) {
            return "rotary: turns no queries and keys";
        }
        if (shape.mask() == Mask.TREE && shape.seqLenQ() > LARGEST_TREE) {
            return "Sq: a tree has at most " + LARGEST_TREE + " nodes";
        }
        if (Extent.sequences(shape) > MOST_BLOCKS || shape.kvHeads() > MOST_BLOCKS) {
            return "B, Hkv: more than a grid has blocks";
        }
        if (Extent.queries(shape) > MOST_TOKENS || Extent.mostRows(shape) > MOST_TOKENS) {
            return "Sq: more queries, or heads of one, than an int counts";
        }
        return Extent.keyRows(shape) > Integer.MAX_VALUE ? "Skv: more rows of keys than an int counts" : null;
    }
}
