package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
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
    /** Elements that are copied at once, on 16 bytes. */
    private static final int VECTOR = 8;

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
        return Limits.support(this, precision, FlashAttention::missing, problem, device);
    }

    /** What it cannot do of a shape, or null. */
    static String missing(AttentionShape shape) {
        if (shape.kvShared()) {
            return "Dv: values are not part of the keys";
        }
        long widest = Math.max(shape.headDim(), shape.valueDim());
        return widest <= FlashGrid.WIDEST && shape.headDim() % VECTOR == 0 && shape.valueDim() % VECTOR == 0
                ? Limits.ofAnyHead(shape)
                : "D, Dv: multiples of " + VECTOR + " up to " + FlashGrid.WIDEST + ", not " + shape.headDim() + " and "
                        + shape.valueDim();
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        AttentionShape shape = ((AttentionProblem) problem).shape();
        FlashGrid grid = FlashGrid.of(shape, device.units());
        KernelLaunch attend =
                new KernelLaunch(symbol() + "_d" + grid.dim(), grid.geometry(), AttentionArguments.attend(shape, grid));
        return new Shares(grid.shares(), grid.rows(), (int) shape.valueDim(), shape.lse())
                .plan(grid.reason(), attend, symbol() + "_merge");
    }
}
