package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Few rows of activations by all of a weight, which is read once.
 *
 * @param precision of the product
 * @param operands buffers of activations and weight, in the order the kernel takes them
 */
public record Gemv(Precision precision, List<String> operands) implements CudaRow {
    private static final int BLOCK = 256;
    private static final int WARPS = BLOCK / 32;

    /** A row for every precision that has a kernel. */
    public static List<CudaRow> all() {
        return List.of(
                new Gemv(Precision.BF16, List.of("a", "b")),
                new Gemv(Precision.FP16, List.of("a", "b")),
                new Gemv(Precision.FP8_E4M3, List.of("a", "aScales", "b", "bScales")),
                new Gemv(Precision.FP8_E5M2, List.of("a", "aScales", "b", "bScales")),
                new Gemv(Precision.INT8, List.of("a", "aScales", "b", "bScales")),
                new Gemv(Precision.W8A16, List.of("a", "b", "bScales")),
                new Gemv(Precision.W8A16_FP8, List.of("a", "b", "bScales")),
                new Gemv(Precision.Q4_0, List.of("a", "b")),
                new Gemv(Precision.Q8_0, List.of("a", "b")),
                new Gemv(Precision.Q4_K, List.of("a", "b")),
                new Gemv(Precision.Q6_K, List.of("a", "b")),
                new Gemv(Precision.MXFP8, List.of("a", "aScales", "b", "bScales")),
                new Gemv(Precision.MXFP4, List.of("a", "b", "bScales")),
                new Gemv(Precision.NVFP4, List.of("a", "b", "bScales", "bTensorScale")));
    }

    @Override
    public String id() {
        return "gemm/sm80_" + precision + "_gemv";
    }

    @Override
    public String idea() {
        return "a warp a row of the weight, for up to eight rows of activations";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        Optional<Support> refusal = FewRows.SCALAR.refusal(problem, precision);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return ProductSupport.withoutFp8(ProductSupport.onArch(this, precision, device), precision);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        GemmShape shape = ((GemmProblem) problem).shape();
        int rows = FewRows.SCALAR.entry(shape);
        int blocks = (int) Math.min((shape.n() + WARPS - 1) / WARPS, Integer.MAX_VALUE);
        List<Argument> arguments = new ArrayList<>();
        operands.forEach(name -> arguments.add(Argument.buffer(name)));
        arguments.addAll(List.of(
                Argument.buffer("c"),
                Argument.int32((int) shape.m()),
                Argument.int64(shape.n()),
                Argument.int64(shape.k())));
        return LaunchPlan.of(
                "sums of " + rows + " rows a lane: the fewest that hold m=" + shape.m(),
                new KernelLaunch(symbol() + "_m" + rows, Geometry.of(Dim3.of(blocks), Dim3.of(BLOCK)), arguments));
    }
}
