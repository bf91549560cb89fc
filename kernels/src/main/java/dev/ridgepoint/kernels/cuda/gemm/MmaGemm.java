package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaArch;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Products on tensor cores by mma.sync: one, a batch, or a mixture of experts; with any epilogue.
 *
 * @param precision of the product
 * @param arch the oldest architecture whose tensor cores take what is multiplied, as ids have it
 * @param idea what the kernel does
 * @param elementBytes size of an element as it is multiplied
 * @param large whether there is a tile of 128x128 besides that of 64x64
 * @param operands buffers of the inputs, in the order the kernel takes them
 * @param scales those of them that finished sums are multiplied by
 */
public record MmaGemm(
        Precision precision,
        String arch,
        String idea,
        int elementBytes,
        boolean large,
        List<String> operands,
        List<String> scales)
        implements CudaRow {
    private static final String COPIED =
            "mma.sync from swizzled shared memory, four stages of cp.async, shares of k where tiles are few";

    private static final String UPCONVERTED = "codes become fp16 in registers, exactly; otherwise " + COPIED;

    /** The first architecture whose tensor cores take fp8. */
    private static final int FP8_TENSOR_CORES = 89;
    /** Threads of a block; the kernel's kMmaThreads. */
    private static final Dim3 THREADS = Dim3.of(128);
    /** Bytes of a row in a stage; the kernel's kStageBytes. */
    private static final int STAGE_BYTES = 64;
    /** Stages of operands under way; the kernel's kStages. */
    private static final int STAGES = 4;

    private static final int LARGE = 128;
    private static final int SMALL = 64;
    /** Stages a share of k has at least: fewer do not pay for adding up partial sums. */
    private static final int SHORTEST_SHARE = 8;

    private static final int MOST_SHARES = 16;
    private static final int SUM_BLOCK = 256;
    /** Threads of the block that groups rows by expert; the kernel's kGroupThreads. */
    private static final int GROUP_BLOCK = 1024;
    /** Bytes of shared memory an expert takes there, of which every device gives 48 KiB. */
    private static final int EXPERT_BYTES = 2 * Integer.BYTES;

    private static final int MOST_EXPERTS = 48 * 1024 / EXPERT_BYTES;
    /** An expert, its first row and how many: the kernel's GroupTile. */
    private static final int GROUP_TILE_BYTES = 3 * Integer.BYTES;
    /** The largest grid in z. */
    private static final int MOST_PRODUCTS = 65_535;
    /** The functions of an epilogue by their number; the kernel's Function. */
    private static final List<Epilogue> FUNCTIONS =
            List.of(Epilogue.BIAS, Epilogue.BIAS_GELU, Epilogue.BIAS_GELU_TANH, Epilogue.BIAS_SILU);

    /** A row for every precision that has a kernel. */
    public static List<CudaRow> all() {
        return List.of(
                plain(Precision.BF16, Short.BYTES),
                plain(Precision.FP16, Short.BYTES),
                plain(Precision.TF32, Float.BYTES),
                eightBit(Precision.INT8, "sm80", COPIED, true),
                eightBit(Precision.FP8_E4M3, "sm80", UPCONVERTED, true),
                eightBit(Precision.FP8_E5M2, "sm80", UPCONVERTED, true),
                eightBit(Precision.FP8_E4M3, "sm89", COPIED, false),
                eightBit(Precision.FP8_E5M2, "sm89", COPIED, false),
                weightOnly(Precision.W8A16, List.of("b", "bScales")),
                weightOnly(Precision.W8A16_FP8, List.of("b", "bScales")),
                weightOnly(Precision.W8A16_ZP, List.of("b", "bScales", "bZeros")),
                weightOnly(Precision.W4A16_G128, List.of("b", "bScales", "bZeros")),
                weightOnly(Precision.W4A16_G128_GPTQ, List.of("b", "bScales", "bZeros")),
                weightOnly(Precision.W4A16_G128_SYM, List.of("b", "bScales")));
    }

    private static MmaGemm plain(Precision precision, int bytes) {
        return new MmaGemm(precision, "sm80", COPIED, bytes, true, List.of("a", "b"), List.of());
    }

    private static MmaGemm eightBit(Precision precision, String arch, String idea, boolean large) {
        List<String> scales = List.of("aScales", "bScales");
        return new MmaGemm(precision, arch, idea, 1, large, List.of("a", "aScales", "b", "bScales"), scales);
    }

    private static MmaGemm weightOnly(Precision precision, List<String> weight) {
        List<String> operands = new ArrayList<>(List.of("a"));
        operands.addAll(weight);
        String idea = "weights become bf16 in registers, behind the product of the stage before; shares of k";
        return new MmaGemm(precision, "sm80", idea, Short.BYTES, false, List.copyOf(operands), List.of());
    }

    /** How one problem is cut up. */
    private record Cut(int side, long down, long across, int products, int shares, long share) {
        long tiles() {
            return down * across;
        }
    }

    @Override
    public String id() {
        return "gemm/" + arch + "_" + precision + "_mma";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        Optional<Support> refusal = ProductSupport.foreign(problem, precision);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        GemmShape shape = ((GemmProblem) problem).shape();
        if (down(shape, SMALL) * Geometry.tiles(shape.n(), SMALL) > Integer.MAX_VALUE) {
            return Support.unsupported("m, n: more tiles than a grid has blocks");
        }
        if (shape.batch() != null && shape.batch().count() > MOST_PRODUCTS) {
            return Support.unsupported("products: at most " + MOST_PRODUCTS);
        }
        if (shape.moe() != null && shape.moe().experts() > MOST_EXPERTS) {
            return Support.unsupported("experts: at most " + MOST_EXPERTS + ", counted in shared memory");
        }
        if (shape.moe() != null && shape.m() * shape.moe().topK() > Integer.MAX_VALUE) {
            return Support.unsupported("m: more choices of experts than an int counts");
        }
        return onArch(device);
    }

    /**
     * Kernels for devices before Ada convert fp8 to fp16 themselves. Hopper takes fp8 in wgmma alone: its mma.sync converts to
     * fp16 first (NVIDIA/cutlass issue 1986).
     */
    private Support onArch(DeviceTraits device) {
        Support support = ProductSupport.onArch(this, precision, device);
        boolean fp8 = precision.compute() == DType.FP8_E4M3 || precision.compute() == DType.FP8_E5M2;
        boolean hopper = CudaArch.parse(device.arch())
                .filter(arch -> arch.number() == 90)
                .isPresent();
        boolean converts = floor().number() < FP8_TENSOR_CORES || hopper;
        return support instanceof Support.Supported && fp8 && converts ? Support.upconverted() : support;
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        GemmShape shape = ((GemmProblem) problem).shape();
        boolean fills = large && fills(shape, device);
        Cut cut = cut(shape, fills ? LARGE : SMALL, device);
        String tile = "tile " + cut.side() + "x" + cut.side()
                + (fills ? ", which fills the device" : large ? ", as larger ones leave SMs idle" : ": no other");
        if (shape.moe() != null) {
            return grouped(shape, cut, tile + inRegisters(shape));
        }
        return cut.shares() == 1
                ? LaunchPlan.of(tile + inRegisters(shape), products(shape, cut, null))
                : shared(shape, cut, tile);
    }

    private static String inRegisters(GemmShape shape) {
        return shape.epilogue().hasBias()
                ? "; " + shape.epilogue() + " in registers, as each block has whole sums"
                : "";
    }

    private boolean fills(GemmShape shape, DeviceTraits device) {
        long rows = shape.moe() == null ? shape.m() : shape.moe().rowsOfOne(shape.m());
        long products = shape.batch() == null ? 1 : shape.batch().count();
        long tiles = down(shape, LARGE) * Geometry.tiles(shape.n(), LARGE) * products;
        return rows > SMALL && shape.n() > SMALL && tiles >= device.units();
    }

    private Cut cut(GemmShape shape, int side, DeviceTraits device) {
        long down = down(shape, side);
        long across = Geometry.tiles(shape.n(), side);
        int products = shape.batch() == null ? 1 : shape.batch().count();
        int depth = STAGE_BYTES / elementBytes;
        long stages = Geometry.tiles(shape.k(), depth);
        long wanted = Geometry.tiles(device.units(), down * across * products);
        int most = (int) Math.max(1, Math.min(Math.min(wanted, MOST_SHARES), stages / SHORTEST_SHARE));
        // Where a row belongs to an expert, partial sums would have to be brought together by row.
        long share = shape.moe() != null ? shape.k() : Geometry.tiles(stages, most) * depth;
        return new Cut(side, down, across, products, (int) Geometry.tiles(shape.k(), share), share);
    }

    /** Tiles of rows; of a mixture of experts as many as any routing needs: every expert's last tile may be ragged. */
    private static long down(GemmShape shape, int side) {
        if (shape.moe() == null) {
            return Geometry.tiles(shape.m(), side);
        }
        long rows = shape.m() * shape.moe().topK();
        return rows / side + Math.min(rows, shape.moe().experts());
    }

    private LaunchPlan shared(GemmShape shape, Cut cut, String tile) {
        long ofProduct = shape.m() * shape.n();
        long count = ofProduct * cut.products();
        List<Argument> arguments = buffers(scales);
        arguments.addAll(List.of(
                Argument.buffer("partials"),
                Argument.int32(cut.shares()),
                Argument.int64(count),
                Argument.int64(ofProduct),
                Argument.buffer("c")));
        if (shape.epilogue().hasBias()) {
            arguments.addAll(List.of(Argument.buffer("bias"), Argument.int64(shape.n()), function(shape)));
        }
        KernelLaunch sum = new KernelLaunch(
                symbol() + "_sum" + entry(shape),
                Geometry.of(
                        Dim3.of((int) Math.min(Geometry.tiles(count, SUM_BLOCK), Integer.MAX_VALUE)),
                        Dim3.of(SUM_BLOCK)),
                arguments);
        return new LaunchPlan(
                tile + "; " + cut.shares() + " shares of k for the rest"
                        + (shape.epilogue().hasBias() ? ", " + shape.epilogue() + " of their sum" : ""),
                List.of(partials(shape, cut), sum),
                Map.of("partials", cut.shares() * count * Integer.BYTES));
    }

    private LaunchPlan grouped(GemmShape shape, Cut cut, String tile) {
        GemmShape.Moe moe = shape.moe();
        int rows = (int) (shape.m() * moe.topK());
        KernelLaunch groups = new KernelLaunch(
                symbol() + "_groups",
                Geometry.of(Dim3.ONE, Dim3.of(GROUP_BLOCK)).withShared(moe.experts() * EXPERT_BYTES),
                List.of(
                        Argument.buffer("routing"),
                        Argument.int32(rows),
                        Argument.int32(moe.experts()),
                        Argument.int32(cut.side()),
                        Argument.buffer("order"),
                        Argument.buffer("tiles"),
                        Argument.int32((int) cut.down())));
        return new LaunchPlan(
                tile + "; rows by expert, each expert's in tiles of its own",
                List.of(groups, products(shape, cut, moe)),
                Map.of("order", (long) rows * Integer.BYTES, "tiles", cut.down() * GROUP_TILE_BYTES));
    }

    /** What entry points are called that apply an epilogue. */
    private static String entry(GemmShape shape) {
        return shape.epilogue().hasBias() ? "_epilogue" : "";
    }

    private static Argument function(GemmShape shape) {
        return Argument.int32(FUNCTIONS.indexOf(shape.epilogue()));
    }

    /** Shares of a product, whose sums are the product's partial sums whatever is made of them. */
    private KernelLaunch partials(GemmShape shape, Cut cut) {
        return tiles(cut, "", plainArguments(shape, cut, Argument.buffer("partials"), null));
    }

    /** Whole sums, finished and stored; of a mixture of experts or of none. */
    private KernelLaunch products(GemmShape shape, Cut cut, GemmShape.Moe moe) {
        if (!shape.epilogue().hasBias()) {
            return tiles(cut, "", plainArguments(shape, cut, Argument.nullPointer(), moe));
        }
        List<Argument> arguments = buffers(operands);
        arguments.addAll(List.of(
                Argument.buffer("c"), Argument.int64(shape.m()), Argument.int64(shape.n()), Argument.int64(shape.k())));
        arguments.addAll(grouping(cut, moe));
        arguments.addAll(List.of(Argument.buffer("bias"), function(shape)));
        return tiles(cut, entry(shape), arguments);
    }

    private List<Argument> plainArguments(GemmShape shape, Cut cut, Argument partials, GemmShape.Moe moe) {
        List<Argument> arguments = buffers(operands);
        arguments.addAll(List.of(
                Argument.buffer("c"),
                partials,
                Argument.int64(shape.m()),
                Argument.int64(shape.n()),
                Argument.int64(shape.k()),
                Argument.int64(cut.share())));
        arguments.addAll(grouping(cut, moe));
        return arguments;
    }

    private static List<Argument> grouping(Cut cut, GemmShape.Moe moe) {
        return List.of(
                moe == null ? Argument.nullPointer() : Argument.buffer("order"),
                moe == null ? Argument.nullPointer() : Argument.buffer("tiles"),
                Argument.int32(moe == null ? 1 : moe.topK()),
                Argument.int32((int) cut.down()));
    }

    private KernelLaunch tiles(Cut cut, String entry, List<Argument> arguments) {
        // Rows of both operands.
        int stage = 2 * cut.side() * STAGE_BYTES;
        Geometry geometry = Geometry.of(new Dim3((int) cut.tiles(), cut.shares(), cut.products()), THREADS);
        return new KernelLaunch(
                symbol() + "_" + cut.side() + "x" + cut.side() + entry, geometry.withShared(STAGES * stage), arguments);
    }

    private static List<Argument> buffers(List<String> names) {
        List<Argument> arguments = new ArrayList<>();
        names.stream().map(Argument::buffer).forEach(arguments::add);
        return arguments;
    }
}
