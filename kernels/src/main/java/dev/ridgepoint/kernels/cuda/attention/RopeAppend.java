package dev.ridgepoint.kernels.cuda.attention;

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
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import dev.ridgepoint.kernels.shape.Rotary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Turns new keys by their positions and writes keys and values, quantised where the cache is, to where {@link DecodeAttention}
 * of the same precision reads them.
 *
 * @param precision bf16 or fp16, or bf16 with a quantised cache
 */
public record RopeAppend(Precision precision) implements CudaRow {
    private static final int WARP = 32;
    private static final int BLOCK = 128;
    /** Elements a lane takes of a row, in two packs. */
    private static final int LANE = 16;
    /** Sequences of a batch: blocks in y. */
    private static final int MOST_SEQUENCES = 65_535;
    /** Blocks an SM holds at once. */
    private static final int PER_UNIT = 8;

    /** The kernels of every type of cache there is one for. */
    public static List<RopeAppend> all() {
        return Stream.of(Precision.BF16, Precision.FP16, Precision.BF16_KV_FP8, Precision.BF16_KV_INT8)
                .map(RopeAppend::new)
                .toList();
    }

    @Override
    public String id() {
        return "append/sm80_" + precision + "_rope";
    }

    @Override
    public String idea() {
        return "a row in part of a warp, both elements of a pair in one lane, from memory to cache in one go";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof AppendProblem append)) {
            return Support.unsupported("appends, and this is " + problem.op());
        }
        if (!append.precision().equals(precision)) {
            return Support.unsupported("appends " + precision + ", not " + append.precision());
        }
        String lacks = missing(append.shape());
        return lacks == null ? CudaKernels.onArch(this, device) : Support.unsupported(lacks);
    }

    /** What it cannot do of a shape, or null. */
    private static String missing(AppendShape append) {
        AttentionShape shape = append.reader();
        if (shape.headDim() % LANE + shape.valueDim() % LANE + append.rotaryDim() % LANE > 0) {
            return "D, Dv, rotary_dim: multiples of " + LANE + ", not " + shape.headDim() + ", " + shape.valueDim()
                    + ", " + append.rotaryDim();
        }
        if (Math.max(shape.headDim(), shape.valueDim()) > WARP * LANE) {
            return "D, Dv: at most " + WARP * LANE + ", what a warp holds";
        }
        if (Extent.sequences(shape) > MOST_SEQUENCES) {
            return "B: more than a grid has blocks";
        }
        if (Extent.keys(shape) > Limits.MOST_TOKENS) {
            return "Skv: more tokens than an int counts";
        }
        return rowsOfLongest(shape) > Integer.MAX_VALUE / 2 ? "Sq: more rows than an int counts" : null;
    }

    /** Keys and values that the longest sequence gets. */
    private static long rowsOfLongest(AttentionShape shape) {
        return 2
                * shape.kvHeads()
                * shape.sequences().stream().mapToLong(Segment::seqLenQ).max().orElseThrow();
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        AppendProblem append = (AppendProblem) problem;
        AttentionShape shape = append.shape().reader();
        int lanes = lanes(Math.max(shape.headDim(), shape.valueDim()));
        int rows = BLOCK / lanes;
        long longest = Geometry.tiles(rowsOfLongest(shape), rows);
        long sequences = Extent.sequences(shape);
        long usual = Geometry.tiles((long) append.shape().tokens() * 2 * shape.kvHeads(), rows * sequences);
        // Long sequences among short ones take turns once they alone fill the device.
        int across = (int) Math.min(longest, Math.max(usual, (long) PER_UNIT * device.units()));
        return LaunchPlan.of(
                lanes + " lanes a row, " + across + " blocks a sequence: "
                        + (across == longest ? "each row once" : "long sequences take turns"),
                new KernelLaunch(
                        entry(append.shape().rotary()),
                        Geometry.of(Dim3.of(across, (int) sequences), Dim3.of(BLOCK)),
                        arguments(append, lanes)));
    }

    /** Without a part that turns, either entry point only copies. */
    private String entry(Rotary rotary) {
        return symbol() + "_" + (rotary == Rotary.NONE ? Rotary.HALF : rotary);
    }

    /** A power of two that covers a row. */
    private static int lanes(long width) {
        int lanes = 1;
        while (lanes * LANE < width) {
            lanes *= 2;
        }
        return lanes;
    }

    private static List<Argument> arguments(AppendProblem append, int lanes) {
        AttentionShape shape = append.shape().reader();
        boolean quantised = append.precision().kvFormat() != null;
        boolean turns = append.shape().rotary() != Rotary.NONE;
        List<Argument> all = new ArrayList<>(List.of(
                Argument.buffer("k"),
                Argument.buffer("v"),
                turns ? Argument.buffer("positions") : Argument.nullPointer(),
                turns ? Argument.buffer("cosSin") : Argument.nullPointer()));
        all.addAll(AttentionArguments.batch(shape));
        all.addAll(List.of(
                Argument.int32((int) shape.kvHeads()),
                Argument.int32((int) shape.headDim()),
                Argument.int32((int) shape.valueDim()),
                Argument.int32((int) append.shape().rotaryDim()),
                Argument.int32(lanes),
                Argument.buffer("kCache"),
                Argument.buffer("vCache"),
                quantised ? Argument.buffer("kCacheScales") : Argument.nullPointer(),
                quantised ? Argument.buffer("vCacheScales") : Argument.nullPointer()));
        return all;
    }
}
