package dev.ridgepoint.kernels.cuda.pointwise;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.RotateProblem;
import dev.ridgepoint.kernels.shape.RotateShape;
import java.util.List;

/** Queries turned by their positions; the keys' turn is part of appending them. */
public record RotateKernel(Precision precision) implements CudaRow {
    private static final int BLOCK = 128;
    /** Elements a lane takes of a row, in two packs. */
    private static final int LANE = 16;

    /** The types attention computes in. */
    public static List<CudaRow> all() {
        return List.of(new RotateKernel(Precision.BF16), new RotateKernel(Precision.FP16));
    }

    @Override
    public String id() {
        return RotateShape.OP + "/sm80_" + precision + "_rope";
    }

    @Override
    public String idea() {
        return "both elements of a pair in one lane, read once and written once";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof RotateProblem rotate)) {
            return Support.unsupported("turns rows, and this is " + problem.op());
        }
        if (rotate.precision() != precision) {
            return Support.unsupported("reads and writes " + precision + ", not " + rotate.precision());
        }
        RotateShape shape = rotate.shape();
        if (shape.headDim() % LANE + shape.rotaryDim() % LANE > 0) {
            return Support.unsupported(
                    "D, rotary_dim: multiples of " + LANE + ", not " + shape.headDim() + ", " + shape.rotaryDim());
        }
        return shape.heads() * shape.headDim() > Integer.MAX_VALUE
                ? Support.unsupported("Hq, D: a token of more elements than an int counts")
                : CudaKernels.onArch(this, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        RotateShape shape = ((RotateProblem) problem).shape();
        Striding striding =
                Striding.of(shape.tokens() * shape.heads() * (shape.headDim() / LANE), BLOCK, device.units());
        return LaunchPlan.of(
                striding.reason(),
                new KernelLaunch(
                        symbol() + "_" + shape.rotary(),
                        striding.geometry(),
                        List.of(
                                Argument.buffer("x"),
                                Argument.buffer("positions"),
                                Argument.buffer("cosSin"),
                                Argument.buffer("y"),
                                Argument.int64(shape.tokens()),
                                Argument.int32((int) shape.heads()),
                                Argument.int32((int) shape.headDim()),
                                Argument.int32((int) shape.rotaryDim()))));
    }
}
