package dev.ridgepoint.kernels.cuda;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;

/** The first rung of the fp32 ladder. */
final class NaiveSgemm implements CudaRow {
    private static final int BLOCK = 256;
    /** The largest grid in y; rows beyond it are reached by striding. */
    private static final int MOST_ROWS = 65_535;

    @Override
    public String id() {
        return "gemm/sm80_fp32_naive";
    }

    @Override
    public String idea() {
        return "one thread an element, operands straight from global memory";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof GemmProblem gemm)) {
            return Support.unsupported("multiplies matrices, and this is " + problem.op());
        }
        if (!gemm.precision().equals(Precision.FP32)) {
            return Support.unsupported("computes fp32, not " + gemm.precision());
        }
        if (gemm.shape().many() != null) {
            return Support.unsupported("multiplies one weight, not a mixture of experts or a batch");
        }
        if (blocks(gemm.shape().n()) > Integer.MAX_VALUE) {
            return Support.unsupported("n: more columns than a grid has threads");
        }
        return CudaKernels.onArch(this, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        GemmShape shape = ((GemmProblem) problem).shape();
        Dim3 grid = Dim3.of((int) blocks(shape.n()), (int) Math.min(shape.m(), MOST_ROWS));
        return LaunchPlan.of(
                "256 columns a block, one row at a time: no choice to make",
                new KernelLaunch(
                        symbol(),
                        Geometry.of(grid, Dim3.of(BLOCK)),
                        List.of(
                                Argument.buffer("a"),
                                Argument.buffer("b"),
                                Argument.buffer("c"),
                                Argument.int64(shape.m()),
                                Argument.int64(shape.n()),
                                Argument.int64(shape.k()))));
    }

    private static long blocks(long columns) {
        return (columns + BLOCK - 1) / BLOCK;
    }
}
