package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plain product in fp64 on the device. Buffers {@code c}, {@code magnitudes} and {@code squares}, fp64 [m, n]: the sums of
 * the terms, of their magnitudes and of their squares, which {@link dev.ridgepoint.kernels.precision.Tolerance} takes.
 */
public final class ReferenceGemm {
    /** Side of a block. */
    private static final int SIDE = 16;

    private static final int MOST_BLOCKS = 65_535;

    private ReferenceGemm() {}

    /** One product of any precision, without an epilogue. */
    public static boolean supports(GemmProblem problem) {
        GemmShape shape = problem.shape();
        return shape.many() == null && shape.epilogue() == Epilogue.NONE;
    }

    /** Buffers of the inputs, in the order the kernel takes them. */
    public static List<String> inputs(GemmProblem problem) {
        return OperandSpecs.of(problem).stream()
                .filter(spec -> spec.role() == OperandSpec.Role.INPUT)
                .map(OperandSpec::name)
                .toList();
    }

    /** Rows [first, first + rows) of the product. */
    public static LaunchPlan plan(GemmProblem problem, long first, long rows) {
        GemmShape shape = problem.shape();
        Dim3 grid =
                Dim3.of((int) Geometry.tiles(shape.n(), SIDE), (int) Math.min(MOST_BLOCKS, Geometry.tiles(rows, SIDE)));
        List<Argument> arguments = Stream.concat(inputs(problem).stream(), Stream.of("c", "magnitudes", "squares"))
                .map(Argument::buffer)
                .collect(Collectors.toCollection(ArrayList::new));
        for (long extent : new long[] {first, rows, shape.n(), shape.k()}) {
            arguments.add(Argument.int64(extent));
        }
        return LaunchPlan.of(
                "a thread an element",
                new KernelLaunch(
                        CudaProbe.REFERENCE_GEMM.symbol() + "_" + problem.precision(),
                        Geometry.of(grid, Dim3.of(SIDE, SIDE)),
                        arguments));
    }
}
