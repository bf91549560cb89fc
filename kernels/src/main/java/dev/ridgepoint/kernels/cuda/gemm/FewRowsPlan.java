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
import java.util.stream.Stream;

/**
 * How kernels that take few rows of activations by a weight are launched: a block some channels, shares of k where channels are few.
 *
 * @param row the kernel
 * @param operands buffers of the inputs, in the order the kernel takes them
 * @param scales those of them that sums of shares are finished with
 * @param block what a block does
 * @param sharing when blocks share k
 */
record FewRowsPlan(CudaRow row, List<String> operands, List<String> scales, Block block, Sharing sharing) {
    /**
     * What a block does.
     *
     * @param threads of it
     * @param channels of the weight
     * @param columns of k that shares are whole multiples of
     * @param sharedBytes dynamic shared memory
     */
    record Block(int threads, int channels, int columns, int sharedBytes) {
        /** A weight in groups of 128 columns; channels are the kernels' kInt4Channels and kSkinnyChannels. */
        static final Block OF_GROUPS = new Block(256, 64, 128, 0);
    }

    /**
     * When blocks share k.
     *
     * @param blocksPerUnit blocks an SM is given, so that their loads hide one another's latency
     * @param shortest multiples of a block's columns that a share has at least: fewer do not pay for adding up partial sums
     * @param atOnce whether all blocks are under way together: then there are no more than SMs are given, and else no fewer
     */
    record Sharing(int blocksPerUnit, int shortest, boolean atOnce) {
        long shares(long blocks, int units) {
            long slots = (long) units * blocksPerUnit;
            return atOnce ? slots / blocks : Geometry.tiles(slots, blocks);
        }
    }

    private static final Dim3 SUM_BLOCK = Dim3.of(256);
    private static final int MOST_SHARES = 16;

    /** Of bf16 activations by a weight in groups of 128 columns. */
    static FewRowsPlan ofGroups(CudaRow row, List<String> weight, int blocksPerUnit, int shortestShare) {
        List<String> operands = Stream.concat(Stream.of("a"), weight.stream()).toList();
        return new FewRowsPlan(
                row, operands, List.of(), Block.OF_GROUPS, new Sharing(blocksPerUnit, shortestShare, false));
    }

    /**
     * Whether a kernel can do a problem.
     *
     * @param rows how many rows it takes
     * @param channels of a block
     */
    static Support supports(
            FewRows rows, int channels, CudaRow kernel, Precision precision, Problem problem, DeviceTraits device) {
        return rows.refusal(problem, precision)
                .orElseGet(() -> Geometry.tiles(((GemmProblem) problem).shape().n(), channels) <= Integer.MAX_VALUE
                        ? ProductSupport.onArch(kernel, precision, device)
                        : Support.unsupported("n: more channels than a grid has blocks for"));
    }

    /** The entry point for so many rows; {@code config} says why it is this one. */
    LaunchPlan of(int rows, String config, GemmShape shape, DeviceTraits device) {
        int blocks = (int) Geometry.tiles(shape.n(), block.channels());
        long steps = Geometry.tiles(shape.k(), block.columns());
        long wanted = Math.min(sharing.shares(blocks, device.units()), MOST_SHARES);
        long most = Math.max(1, Math.min(wanted, steps / sharing.shortest()));
        long share = Geometry.tiles(steps, most) * block.columns();
        int shares = (int) Geometry.tiles(shape.k(), share);
        boolean whole = shares == 1;
        List<Argument> arguments = buffers(operands);
        arguments.addAll(List.of(
                Argument.buffer("c"),
                whole ? Argument.nullPointer() : Argument.buffer("partials"),
                Argument.int32((int) shape.m()),
                Argument.int64(shape.n()),
                Argument.int64(shape.k()),
                Argument.int64(share)));
        Geometry geometry = Geometry.of(Dim3.of(blocks, shares), Dim3.of(block.threads()));
        KernelLaunch product =
                new KernelLaunch(row.symbol() + "_m" + rows, geometry.withShared(block.sharedBytes()), arguments);
        return whole
                ? LaunchPlan.of(config, product)
                : shared(shape, shares, config + "; " + shares + " shares of k, as channels fill few SMs", product);
    }

    private LaunchPlan shared(GemmShape shape, int shares, String config, KernelLaunch product) {
        long count = shape.m() * shape.n();
        List<Argument> arguments = buffers(scales);
        arguments.addAll(List.of(
                Argument.buffer("partials"), Argument.int32(shares), Argument.int64(count), Argument.buffer("c")));
        KernelLaunch sum = new KernelLaunch(
                row.symbol() + "_sum",
                Geometry.of(Dim3.of((int) Geometry.tiles(count, SUM_BLOCK.x())), SUM_BLOCK),
                arguments);
        return new LaunchPlan(config, List.of(product, sum), Map.of("partials", shares * count * Float.BYTES));
    }

    private static List<Argument> buffers(List<String> names) {
        List<Argument> arguments = new ArrayList<>();
        names.stream().map(Argument::buffer).forEach(arguments::add);
        return arguments;
    }
}
