package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Int4Repacking;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.RepackProblem;
import dev.ridgepoint.kernels.shape.RepackShape;
import java.util.List;

/**
 * Four-bit weights to the other layout of checkpoints: products execute fewer instructions on GPTQ's.
 *
 * @param from the layout they are in
 */
public record Int4Repack(QuantFormat from) implements CudaRow {
    /** Neighbouring words of channels a warp takes, and warps of a block; the kernel's kRepackBlock. */
    private static final Dim3 BLOCK = Dim3.of(32, 8);
    /** Codes of a word. */
    private static final int EIGHT = 8;

    /** A row for each layout. */
    public static List<CudaRow> all() {
        return Int4Repacking.LAYOUTS.stream().<CudaRow>map(Int4Repack::new).toList();
    }

    @Override
    public String id() {
        return RepackShape.OP + "/sm80_" + from;
    }

    @Override
    public String idea() {
        return "eight words of eight codes a thread, turned in registers";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof RepackProblem repack)) {
            return Support.unsupported("repacks codes, and this is " + problem.op());
        }
        if (!repack.from().equals(from)) {
            return Support.unsupported("reads " + from + ", not " + repack.from());
        }
        return across(repack.shape()) > Integer.MAX_VALUE
                ? Support.unsupported("rows: more channels than a grid has blocks for")
                : CudaKernels.onArch(this, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        RepackShape shape = ((RepackProblem) problem).shape();
        long down = Geometry.tiles(shape.cols(), (long) BLOCK.y() * EIGHT);
        int blocks = (int) Math.min(down, Launching.MOST_DOWN);
        return LaunchPlan.of(
                "256 channels x 64 columns a block" + (blocks == down ? "" : "; blocks take columns in turns"),
                new KernelLaunch(
                        symbol(),
                        Geometry.of(Dim3.of((int) across(shape), blocks), BLOCK),
                        List.of(
                                Argument.buffer("codes"),
                                Argument.buffer("zeros"),
                                Argument.int64(shape.rows()),
                                Argument.int64(shape.cols()),
                                Argument.buffer("toCodes"),
                                Argument.buffer("toZeros"))));
    }

    private static long across(RepackShape shape) {
        return Geometry.tiles(shape.rows(), (long) BLOCK.x() * EIGHT);
    }
}
