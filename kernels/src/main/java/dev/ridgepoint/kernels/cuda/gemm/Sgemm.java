package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;
import java.util.Optional;

/**
 * A rung of the fp32 ladder: each differs from the one before in one idea.
 *
 * @param name the last part of its id
 * @param idea what it adds
 * @param cols columns of c a block makes
 * @param rows rows of c a block makes
 * @param block threads
 */
public record Sgemm(String name, String idea, int cols, int rows, Dim3 block) implements CudaRow {
    /** The largest grid in y; rows beyond it are reached by striding. */
    private static final int MOST_DOWN = 65_535;

    /** The ladder from the ground. */
    public static List<CudaRow> ladder() {
        return List.of(
                new Sgemm("naive", "a thread an element, operands straight from global memory", 256, 1, Dim3.of(256)),
                new Sgemm("coalesced", "a warp an element, lanes side by side along k", 8, 1, Dim3.of(256)),
                new Sgemm("shared", "a thread an element, tiles of 32x32 in shared memory", 32, 32, Dim3.of(32, 32)),
                new Sgemm("tile1d", "a thread eight elements of a column of a 64x64 tile", 64, 64, Dim3.of(512)),
                new Sgemm("tile2d", "a thread 8x8 elements of a 128x128 tile", 128, 128, Dim3.of(256)),
                new Sgemm("vectorised", "8x8 elements, 16 bytes a read", 128, 128, Dim3.of(256)),
                new Sgemm("buffered", "the next tile while this one is multiplied", 128, 128, Dim3.of(256)),
                new Sgemm(
                        "warptile", "a warp 64x32 elements of the tile, a thread 8x8 of those", 128, 128, Dim3.of(256)),
                new Sgemm("async", "the next tile by cp.async, transposed on its way", 128, 128, Dim3.of(256)));
    }

    @Override
    public String id() {
        return "gemm/sm80_fp32_" + name;
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        Optional<Support> refusal = ProductSupport.refusalOfSeveral(problem, Precision.FP32);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        GemmShape shape = ((GemmProblem) problem).shape();
        if (Geometry.tiles(shape.n(), cols) > Integer.MAX_VALUE) {
            return Support.unsupported("n: more tiles than a grid has blocks");
        }
        return CudaKernels.onArch(this, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        GemmShape shape = ((GemmProblem) problem).shape();
        Dim3 grid = Dim3.of(
                (int) Geometry.tiles(shape.n(), cols), (int) Math.min(Geometry.tiles(shape.m(), rows), MOST_DOWN));
        return LaunchPlan.of(
                rows + "x" + cols + " elements a block: no choice to make",
                new KernelLaunch(
                        symbol(),
                        Geometry.of(grid, block),
                        List.of(
                                Argument.buffer("a"),
                                Argument.buffer("b"),
                                Argument.buffer("c"),
                                Argument.int64(shape.m()),
                                Argument.int64(shape.n()),
                                Argument.int64(shape.k()))));
    }
}
