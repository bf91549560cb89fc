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

/** Attention to latent keys whose first part are the values (absorbed MLA), in bf16. */
public record LatentAttention() implements CudaRow {
    /** Elements of a key and of a value: the kernel's kLatentDim and kLatentValues. */
    private static final int KEY = 576;

    private static final int VALUE = 512;

    @Override
    public String id() {
        return "attention/sm80_bf16_mla_decode";
    }

    @Override
    public String idea() {
        return "latent keys in shared memory once for both products, warps divide the dimensions, mma.sync";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        return Limits.support(this, Precision.BF16, LatentAttention::missing, problem, device);
    }

    private static String missing(AttentionShape shape) {
        return shape.kvShared() && shape.headDim() == KEY && shape.valueDim() == VALUE
                ? Limits.ofAnyHead(shape)
                : "D, Dv: values are the first " + VALUE + " of " + KEY + " elements of a key";
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        AttentionShape shape = ((AttentionProblem) problem).shape();
        LatentGrid grid = LatentGrid.of(shape, device.units());
        KernelLaunch attend = new KernelLaunch(symbol(), grid.geometry(), AttentionArguments.latent(shape, grid));
        return new Shares(grid.shares(), grid.rows(), VALUE, shape.lse())
                .plan(grid.reason(), attend, symbol() + "_merge");
    }
}
