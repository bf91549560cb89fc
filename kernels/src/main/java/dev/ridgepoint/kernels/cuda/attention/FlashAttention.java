package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.List;
import java.util.Set;

/**
 * Attention on tensor cores in one pass over the keys.
 *
 * @param precision bf16 or fp16
 */
public record FlashAttention(Precision precision) implements CudaRow {
    private static final Set<Long> HEAD_DIMS = Set.of(64L, 96L, 128L, 256L);
    /** Nodes of a token tree: bits of a path. */
    private static final int LARGEST_TREE = 64;
    /** Blocks in y and z of a grid. */
    private static final int MOST_BLOCKS = 65_535;

    @Override
    public String id() {
        return "attention/sm80_" + precision + "_flash";
    }

    @Override
    public String idea() {
        return "one pass over the keys, mma.sync, query heads of a key head together, shares of keys where rows are few";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof AttentionProblem attention)) {
            return Support.unsupported("attends, and this is " + problem.op());
        }
        if (!attention.precision().equals(precision)) {
            return Support.unsupported("computes " + precision + ", not " + attention.precision());
        }
        String missing = missing(attention.shape());
        return missing == null ? CudaKernels.onArch(this, device) : Support.unsupported(missing);
    }

    /** What it cannot do of a shape, or null. */
    private static String missing(AttentionShape shape) {
        if (shape.relPositions() > 0) {
            return "rel_positions: scores no relative positions";
        }
        if (shape.kvShared() || shape.valueDim() != shape.headDim()) {
            return "Dv: values are as wide as keys";
        }
        if (!HEAD_DIMS.contains(shape.headDim())) {
            return "D: 64, 96, 128 or 256, not " + shape.headDim();
        }
        if (shape.mask() == Mask.TREE && shape.seqLenQ() > LARGEST_TREE) {
            return "Sq: a tree has at most " + LARGEST_TREE + " nodes";
        }
        if (FlashGrid.sequences(shape) > MOST_BLOCKS || shape.kvHeads() > MOST_BLOCKS) {
            return "B, Hkv: more than a grid has blocks";
        }
        return FlashGrid.tokens(shape) > Integer.MAX_VALUE ? "Skv: more tokens than an int counts" : null;
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        AttentionShape shape = ((AttentionProblem) problem).shape();
        FlashGrid grid = FlashGrid.of(shape, device.units());
        KernelLaunch attend = new KernelLaunch(
                symbol() + "_d" + shape.headDim(), grid.geometry(), FlashArguments.attend(shape, grid));
        if (grid.shares() == 1) {
            return LaunchPlan.of(grid.reason(), attend);
        }
        KernelLaunch merge = new KernelLaunch(
                symbol() + "_merge",
                Geometry.of(Dim3.of((int) grid.rows()), Dim3.of((int) shape.headDim())),
                FlashArguments.merge(shape, grid));
        return new LaunchPlan(grid.reason(), List.of(attend, merge), grid.scratch(shape));
    }
}
