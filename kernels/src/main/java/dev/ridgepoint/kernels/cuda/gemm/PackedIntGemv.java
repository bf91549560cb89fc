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
 * Few rows of activations by all of a weight in the words of a checkpoint, of four bits or of eight with zero points, which is read once.
 *
 * @param precision of the product, which says whose layout it is
 * @param weight buffers of the weight, in the order the kernel takes them
 */
public record PackedIntGemv(Precision precision, List<String> weight) implements CudaRow {
    private static final int BLOCKS_PER_UNIT = 4;
    private static final int SHORTEST_SHARE = 4;

    /** A row for each layout and width, and one without zero points. */
    public static List<CudaRow> all() {
        return List.of(
                new PackedIntGemv(Precision.W8A16_ZP, List.of("b", "bScales", "bZeros")),
                new PackedIntGemv(Precision.W4A16_G128, List.of("b", "bScales", "bZeros")),
                new PackedIntGemv(Precision.W4A16_G128_GPTQ, List.of("b", "bScales", "bZeros")),
                new PackedIntGemv(Precision.W4A16_G128_SYM, List.of("b", "bScales")));
    }

    @Override
    public String id() {
        return "gemm/sm80_" + precision + "_gemv";
    }

    @Override
    public String idea() {
        return "eight codes a thread, 64 channels a block, shares of k where channels are few; up to eight rows of activations";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        return FewRowsPlan.supports(
                FewRows.SCALAR, FewRowsPlan.Block.OF_GROUPS.channels(), this, precision, problem, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        GemmShape shape = ((GemmProblem) problem).shape();
        int rows = FewRows.SCALAR.entry(shape);
        return FewRowsPlan.ofGroups(this, weight, BLOCKS_PER_UNIT, SHORTEST_SHARE)
                .of(rows, "sums of " + rows + " rows a thread: the fewest that hold m=" + shape.m(), shape, device);
    }
}
