package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;

/**
 * Up to sixteen rows of bf16 activations by all of a weight in fewer bits, which is read once, on tensor cores.
 *
 * @param precision of the product
 * @param weight buffers of the weight, in the order the kernel takes them
 */
public record Skinny(Precision precision, List<String> weight) implements CudaRow {
    /** So many have registers. */
    private static final int BLOCKS_PER_UNIT = 2;
    /** A group a warp. */
    private static final int SHORTEST_SHARE = 8;

    /** A row for every precision that has a kernel. */
    public static List<CudaRow> all() {
        return List.of(
                new Skinny(Precision.W8A16, List.of("b", "bScales")),
                new Skinny(Precision.W8A16_FP8, List.of("b", "bScales")),
                new Skinny(Precision.W8A16_ZP, List.of("b", "bScales", "bZeros")),
                new Skinny(Precision.W4A16_G128, List.of("b", "bScales", "bZeros")),
                new Skinny(Precision.W4A16_G128_GPTQ, List.of("b", "bScales", "bZeros")),
                new Skinny(Precision.W4A16_G128_SYM, List.of("b", "bScales")));
    }

    @Override
    public String id() {
        return "gemm/sm80_" + precision + "_skinny";
    }

    @Override
    public String idea() {
        return "codes become bf16 two at a time, exactly, and meet mma.sync as rows; scales meet sums of a group; up to sixteen rows of activations";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        return FewRowsPlan.supports(
                FewRows.TENSOR, FewRowsPlan.Block.OF_GROUPS.channels(), this, precision, problem, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        GemmShape shape = ((GemmProblem) problem).shape();
        int rows = FewRows.TENSOR.entry(shape);
        return FewRowsPlan.ofGroups(this, weight, BLOCKS_PER_UNIT, SHORTEST_SHARE)
                .of(
                        rows,
                        "an mma holds eight rows of activations: " + rows + " are the fewest that hold m=" + shape.m(),
                        shape,
                        device);
    }
}
