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

/**
 * How kernels that take few rows of activations by a weight in groups of 128 columns are launched: 64 channels a block, shares of k where
 * channels are few.
 *
 * @param row the kernel
 * @param weight buffers of the weight, in the order the kernel takes them
 * @param blocksPerUnit blocks an SM is given, so that their loads hide one another's latency
 * @param shortestShare groups a share of k has at least: fewer do not pay for adding up partial sums
 */
record FewRowsPlan(CudaRow row, List<String> weight, int blocksPerUnit, int shortestShare) {
    private static final Dim3 BLOCK = Dim3.of(256);
    /** Channels of a block; the kernels' kInt4Channels and kSkinnyChannels. */
    private static final int CHANNELS = 64;
    /** Columns of a group; shares of k are whole groups. */
    private static final int GROUP = 128;

    private static final int MOST_SHARES = 16;

    /** Whether a kernel can do a problem, of which {@code rows} says how many rows it takes. */
    static Support supports(FewRows rows, CudaRow kernel, Precision precision, Problem problem, DeviceTraits device) {
        return rows.refusal(problem, precision)
                .orElseGet(() -> fits(((GemmProblem) problem).shape())
                        ? ProductSupport.onArch(kernel, precision, device)
                        : Support.unsupported("n: more channels than a grid has blocks for"));
    }

    /** Whether a grid has a block for every 64 channels. */
    private static boolean fits(GemmShape shape) {
        return Geometry.tiles(shape.n(), CHANNELS) <= Integer.MAX_VALUE;
    }

    /** The entry point for so many rows; {@code config} says why it is this one. */
    LaunchPlan of(int rows, String config, GemmShape shape, DeviceTraits device) {
        int blocks = (int) Geometry.tiles(shape.n(), CHANNELS);
        long groups = Geometry.tiles(shape.k(), GROUP);
        long wanted = Geometry.tiles((long) device.units() * blocksPerUnit, blocks);
        long most = Math.max(1, Math.min(Math.min(wanted, MOST_SHARES), groups / shortestShare));
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
                new KernelLaunch(row.symbol() + "_m" + rows, Geometry.of(Dim3.of(blocks, shares), BLOCK), arguments);
        return whole
                ? LaunchPlan.of(config, product)
                : shared(shape, shares, config + "; " + shares + " shares of k, as channels fill few SMs", product);
    }

    private LaunchPlan shared(GemmShape shape, int shares, String config, KernelLaunch product) {
        long count = shape.m() * shape.n();
        KernelLaunch sum = new KernelLaunch(
                row.symbol() + "_sum",
                Geometry.of(Dim3.of((int) Geometry.tiles(count, BLOCK.x())), BLOCK),
                List.of(
                        Argument.buffer("partials"),
                        Argument.int32(shares),
                        Argument.int64(count),
                        Argument.buffer("c")));
        return new LaunchPlan(config, List.of(product, sum), Map.of("partials", shares * count * Float.BYTES));
    }
}
