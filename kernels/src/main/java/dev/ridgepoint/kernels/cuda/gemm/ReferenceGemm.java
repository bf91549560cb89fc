package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;
import java.util.Set;

/**
 * A plain product in fp64 on the device. Buffers {@code c}, {@code magnitudes} and {@code squares}, fp64 [m, n]: the sums of
 * the terms, of their magnitudes and of their squares, which {@link dev.ridgepoint.kernels.precision.Tolerance} takes.
 */
public final class ReferenceGemm {
    /** Side of a block. */
    private static final int SIDE = 16;

    private static final int MOST_BLOCKS = 65_535;
    private static final Set<Precision> PRECISIONS = Set.of(Precision.FP32, Precision.BF16, Precision.FP16);

    private ReferenceGemm() {}

    public static boolean supports(GemmProblem problem) {
        GemmShape shape = problem.shape();
        return shape.many() == null && shape.epilogue() == Epilogue.NONE && PRECISIONS.contains(problem.precision());
    }

    /** Rows [first, first + rows) of the product. */
    public static LaunchPlan plan(GemmProblem problem, long first, long rows) {
        GemmShape shape = problem.shape();
        Dim3 grid =
                Dim3.of((int) Geometry.tiles(shape.n(), SIDE), (int) Math.min(MOST_BLOCKS, Geometry.tiles(rows, SIDE)));
        return LaunchPlan.of(
                "a thread an element",
                new KernelLaunch(
                        CudaProbe.REFERENCE_GEMM.symbol() + "_" + problem.precision(),
                        Geometry.of(grid, Dim3.of(SIDE, SIDE)),
                        List.of(
                                Argument.buffer("a"),
                                Argument.buffer("b"),
                                Argument.buffer("c"),
                                Argument.buffer("magnitudes"),
                                Argument.buffer("squares"),
                                Argument.int64(first),
                                Argument.int64(rows),
                                Argument.int64(shape.n()),
                                Argument.int64(shape.k()))));
    }
}
