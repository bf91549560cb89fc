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
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Attention of few queries, which reads keys and values once.
 *
 * @param precision bf16 or fp16, or bf16 with a quantised cache
 */
public record DecodeAttention(Precision precision) implements CudaRow {
    private static final Set<Long> HEAD_DIMS = Set.of(64L, 96L, 128L, 256L);
    /** Rows of a key head above which products rather than bytes take the time. */
    private static final int MOST_ROWS = 128;

    /** The kernels of every type of cache there is one for. */
    public static List<DecodeAttention> all() {
        return Stream.of(Precision.BF16, Precision.FP16, Precision.BF16_KV_INT8, Precision.BF16_KV_FP8)
                .map(DecodeAttention::new)
                .toList();
    }

    @Override
    public String id() {
        return "attention/sm80_" + precision + "_decode";
    }

    @Override
    public String idea() {
        return "keys and values from memory to fragments, eight rows a warp, warps and blocks share the keys";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        Support support = Limits.support(this, precision, DecodeAttention::missing, problem, device);
        return support instanceof Support.Supported && precision.quantisesCacheOnly() ? Support.upconverted() : support;
    }

    /** What it cannot do of a shape, or null. */
    private static String missing(AttentionShape shape) {
        long rows = Extent.mostRows(shape);
        if (rows > MOST_ROWS) {
            return "Sq: at most " + MOST_ROWS + " queries times heads of a key head, not " + rows;
        }
        if (shape.kvShared() || shape.valueDim() != shape.headDim()) {
            return "Dv: values are as wide as keys";
        }
        return HEAD_DIMS.contains(shape.headDim())
                ? Limits.ofAnyHead(shape)
                : "D: 64, 96, 128 or 256, not " + shape.headDim();
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        AttentionProblem attention = (AttentionProblem) problem;
        int dim = (int) attention.shape().headDim();
        DecodeGrid grid = DecodeGrid.of(attention.shape(), device.units());
        KernelLaunch attend =
                new KernelLaunch(symbol() + "_d" + dim, grid.geometry(), AttentionArguments.decode(attention, grid));
        return new Shares(grid.shares(), grid.rows(), dim, attention.shape().lse())
                .plan(grid.reason(), attend, symbol() + "_merge");
    }
}
