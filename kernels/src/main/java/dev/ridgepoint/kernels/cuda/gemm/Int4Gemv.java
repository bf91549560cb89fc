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
import java.util.Map;
import java.util.Optional;

/**
 * Few rows of activations by all of a four-bit weight in a checkpoint's layout, which is read once.
 *
 * @param precision of the product: AWQ's layout or GPTQ's
 * @param weight buffers of the weight, in the order the kernel takes them
 */
public record Int4Gemv(Precision precision, List<String> weight) implements CudaRow {
    private static final Dim3 BLOCK = Dim3.of(256);
    /** Channels of a block; the kernel's kInt4Channels. */
    private static final int CHANNELS = 64;
    /** Columns of a group; shares of k are whole groups. */
    private static final int GROUP = 128;
    /** Blocks an SM is given, so that their loads hide one another's latency. */
    private static final int BLOCKS_PER_UNIT = 4;
    /** Groups a share of k has at least: fewer do not pay for adding up partial sums. */
    private static final int SHORTEST_SHARE = 4;

    private static final int MOST_SHARES = 16;

    /** A row for each layout, and one without zero points. */
    public static List<CudaRow> all() {
        return List.of(
                new Int4Gemv(Precision.W4A16_G128, List.of("b", "bScales", "bZeros")),
                new Int4Gemv(Precision.W4A16_G128_GPTQ, List.of("b", "bScales", "bZeros")),
                new Int4Gemv(Precision.W4A16_G128_SYM, List.of("b", "bScales")));
    }

    @Override
    public String id() {
        return "gemm/sm80_" + precision + "_gemv";
    }

    @Override
    public String idea() {
        return "a word a thread, 64 channels a block, shares of k where channels are few; up to eight rows of activations";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        Optional<Support> refusal = FewRows.refusal(problem, precision);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        GemmShape shape = ((GemmProblem) problem).shape();
        if (Geometry.tiles(shape.n(), CHANNELS) > Integer.MAX_VALUE) {
            return Support.unsupported("n: more channels than a grid has blocks for");
        }
        return ProductSupport.onArch(this, precision, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        GemmShape shape = ((GemmProblem) problem).shape();
        int rows = FewRows.entry(shape);
        int blocks = (int) Geometry.tiles(shape.n(), CHANNELS);
        long groups = Geometry.tiles(shape.k(), GROUP);
        long wanted = Geometry.tiles((long) device.units() * BLOCKS_PER_UNIT, blocks);
        long most = Math.max(1, Math.min(Math.min(wanted, MOST_SHARES), groups / SHORTEST_SHARE));
        long share = Geometry.tiles(groups, most) * GROUP;
        int shares = (int) Geometry.tiles(shape.k(), share);
        boolean whole = shares == 1;
        List<Argument> arguments = new ArrayList<>(List.of(Argument.buffer("a")));
        weight.stream().map(Argument::buffer).forEach(arguments::add);
        arguments.addAll(List.of(
                Argument.buffer("c"),
                whole ? Argument.nullPointer() : Argument.buffer("partials"),
                Argument.int32((int) shape.m()),
                Argument.int64(shape.n()),
                Argument.int64(shape.k()),
                Argument.int64(share)));
        KernelLaunch product =
                new KernelLaunch(symbol() + "_m" + rows, Geometry.of(Dim3.of(blocks, shares), BLOCK), arguments);
        String config = "sums of " + rows + " rows a thread: the fewest that hold m=" + shape.m();
        return whole
                ? LaunchPlan.of(config, product)
                : shared(shape, shares, config + "; " + shares + " shares of k, as channels fill few SMs", product);
    }

    private LaunchPlan shared(GemmShape shape, int shares, String config, KernelLaunch product) {
        long count = shape.m() * shape.n();
        KernelLaunch sum = new KernelLaunch(
                symbol() + "_sum",
                Geometry.of(Dim3.of((int) Geometry.tiles(count, BLOCK.x())), BLOCK),
                List.of(
                        Argument.buffer("partials"),
                        Argument.int32(shares),
                        Argument.int64(count),
                        Argument.buffer("c")));
        return new LaunchPlan(config, List.of(product, sum), Map.of("partials", shares * count * Float.BYTES));
    }
}
