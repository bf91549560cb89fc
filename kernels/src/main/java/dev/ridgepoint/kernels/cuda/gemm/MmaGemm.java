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
import java.util.Map;
import java.util.Optional;

/**
 * 16-bit products on tensor cores by mma.sync.
 *
 * @param precision bf16 or fp16
 */
public record MmaGemm(Precision precision) implements CudaRow {
    /** Threads of a block; the kernel's kMmaThreads. */
    private static final Dim3 THREADS = Dim3.of(128);
    /** Columns of a stage; the kernel's kDepth. */
    private static final int DEPTH = 32;
    /** Stages of operands under way; the kernel's kStages. */
    private static final int STAGES = 4;

    private static final int LARGE = 128;
    private static final int SMALL = 64;
    /** Stages a share of k has at least: fewer do not pay for adding up partial sums. */
    private static final int SHORTEST_SHARE = 8;

    private static final int MOST_SHARES = 16;
    private static final int SUM_BLOCK = 256;

    @Override
    public String id() {
        return "gemm/sm80_" + precision + "_mma";
    }

    @Override
    public String idea() {
        return "mma.sync from swizzled shared memory, four stages of cp.async, shares of k where tiles are few";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        Optional<Support> refusal = OneWeight.refusal(problem, precision);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        GemmShape shape = ((GemmProblem) problem).shape();
        if (tiles(shape, SMALL) > Integer.MAX_VALUE) {
            return Support.unsupported("m, n: more tiles than a grid has blocks");
        }
        return CudaKernels.onArch(this, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        GemmShape shape = ((GemmProblem) problem).shape();
        boolean fills = shape.m() > SMALL && shape.n() > SMALL && tiles(shape, LARGE) >= device.units();
        int side = fills ? LARGE : SMALL;
        long stages = Geometry.tiles(shape.k(), DEPTH);
        long wanted = Geometry.tiles(device.units(), tiles(shape, side));
        int shares = (int) Math.max(1, Math.min(Math.min(wanted, MOST_SHARES), stages / SHORTEST_SHARE));
        long share = Geometry.tiles(stages, shares) * DEPTH;
        String tile =
                "tile " + side + "x" + side + (fills ? ", which fills the device" : ", as larger ones leave SMs idle");
        return shares == 1
                ? whole(shape, side, tile)
                : shared(shape, side, tile, (int) Geometry.tiles(shape.k(), share), share);
    }

    private LaunchPlan whole(GemmShape shape, int side, String tile) {
        return LaunchPlan.of(
                tile,
                new KernelLaunch(
                        symbol() + size(side),
                        geometry(shape, side, 1),
                        List.of(
                                Argument.buffer("a"),
                                Argument.buffer("b"),
                                Argument.buffer("c"),
                                Argument.int64(shape.m()),
                                Argument.int64(shape.n()),
                                Argument.int64(shape.k()))));
    }

    private LaunchPlan shared(GemmShape shape, int side, String tile, int shares, long share) {
        long count = shape.m() * shape.n();
        KernelLaunch products = new KernelLaunch(
                symbol() + "_share" + size(side),
                geometry(shape, side, shares),
                List.of(
                        Argument.buffer("a"),
                        Argument.buffer("b"),
                        Argument.buffer("partials"),
                        Argument.int64(shape.m()),
                        Argument.int64(shape.n()),
                        Argument.int64(shape.k()),
                        Argument.int64(share)));
        KernelLaunch sum = new KernelLaunch(
                symbol() + "_sum",
                Geometry.of(
                        Dim3.of((int) Math.min(Geometry.tiles(count, SUM_BLOCK), Integer.MAX_VALUE)),
                        Dim3.of(SUM_BLOCK)),
                List.of(
                        Argument.buffer("partials"),
                        Argument.int32(shares),
                        Argument.int64(count),
                        Argument.buffer("c")));
        return new LaunchPlan(
                tile + "; " + shares + " shares of k for the rest",
                List.of(products, sum),
                Map.of("partials", shares * count * Float.BYTES));
    }

    private static Geometry geometry(GemmShape shape, int side, int shares) {
        // Rows of both operands, 16 bits each.
        int stage = 2 * side * DEPTH * Short.BYTES;
        return Geometry.of(Dim3.of((int) tiles(shape, side), shares), THREADS).withShared(STAGES * stage);
    }

    private static String size(int side) {
        return "_" + side + "x" + side;
    }

    private static long tiles(GemmShape shape, int side) {
        return Geometry.tiles(shape.m(), side) * Geometry.tiles(shape.n(), side);
    }
}
