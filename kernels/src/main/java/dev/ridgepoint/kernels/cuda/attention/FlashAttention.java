package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;

/**
 * Attention on tensor cores in one pass over the keys.
 *
 * @param precision bf16 or fp16
 */
public record FlashAttention(Precision precision) implements CudaRow {
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
        String missing = Limits.missing(attention.shape());
        return missing == null ? CudaKernels.onArch(this, device) : Support.unsupported(missing);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        AttentionShape shape = ((AttentionProblem) problem).shape();
        FlashGrid grid = FlashGrid.of(shape, device.units());
        KernelLaunch attend = new KernelLaunch(
                symbol() + "_d" + shape.headDim(),
                grid.geometry(),
                AttentionArguments.attend(shape, grid.shares(), grid.rows()));
        return new Shares(grid.shares(), grid.rows(), (int) shape.headDim())
                .plan(grid.reason(), attend, symbol() + "_merge");
    }
}
