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
 * {@link FlashAttention} of queries and keys that are turned by their positions where they lie in shared memory.
 *
 * @param precision bf16 or fp16
 */
public record RopeFlash(Precision precision) implements CudaRow {
    /** Elements that turn by twos from packs of eight in either half. */
    private static final int TURNED_AT_ONCE = 16;

    @Override
    public String id() {
        return "attention/sm80_" + precision + "_rope_flash";
    }

    @Override
    public String idea() {
        return "one pass over the keys, queries and keys turned in shared memory before they are multiplied";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        return Limits.support(this, precision, RopeFlash::missing, problem, device);
    }

    /** What it cannot do of a shape, or null. */
    private static String missing(AttentionShape shape) {
        if (shape.rope() == null) {
            return "rotary: turns queries and keys, which are multiplied as they are here";
        }
        return shape.rope().dim() % TURNED_AT_ONCE == 0
                ? FlashAttention.missing(shape.withRope(null))
                : "rotary_dim: a multiple of " + TURNED_AT_ONCE + ", not "
                        + shape.rope().dim();
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        AttentionShape shape = ((AttentionProblem) problem).shape();
        FlashGrid grid = FlashGrid.of(shape, device.units());
        KernelLaunch attend =
                new KernelLaunch(symbol() + "_d" + grid.dim(), grid.geometry(), AttentionArguments.turn(shape, grid));
        return new Shares(grid.shares(), grid.rows(), (int) shape.valueDim(), shape.lse())
                .plan(grid.reason(), attend, symbol() + "_merge");
    }
}
