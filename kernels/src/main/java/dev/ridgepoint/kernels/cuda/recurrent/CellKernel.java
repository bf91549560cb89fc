package dev.ridgepoint.kernels.cuda.recurrent;

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
import dev.ridgepoint.kernels.shape.CellProblem;
import dev.ridgepoint.kernels.shape.CellShape;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.List;

/** An LSTM cell's gates and state in one pass, after the step's two products. */
public record CellKernel(Precision precision) implements CudaRow {
    private static final int BLOCK = 128;
    /** The largest grid in y; sequences beyond it are reached by striding. */
    private static final int MOST_DOWN = 65_535;
    /** Columns of all gates are counted in 32 bits. */
    private static final long MOST_HIDDEN = 1L << 28;

    /** Every type. */
    public static List<CudaRow> all() {
        return PlainProblem.PRECISIONS.stream().<CudaRow>map(CellKernel::new).toList();
    }

    @Override
    public String id() {
        return CellShape.OP + "/sm80_" + precision + "_fused";
    }

    @Override
    public String idea() {
        return "both products, four gates and the state in one pass, 16 bytes a thread of each";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof CellProblem cell)) {
            return Support.unsupported("does " + CellShape.OP + ", and this is " + problem.op());
        }
        if (cell.precision() != precision) {
            return Support.unsupported("reads and writes " + precision + ", not " + cell.precision());
        }
        if (cell.shape().batch() > Integer.MAX_VALUE || cell.shape().hidden() > MOST_HIDDEN) {
            return Support.unsupported("B, H: takes up to 2^31 - 1 sequences of up to 2^28 elements");
        }
        return CudaKernels.onArch(this, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        CellShape shape = ((CellProblem) problem).shape();
        int width = 16 * Byte.SIZE / precision.activation().bits();
        long across = Geometry.tiles(shape.hidden(), (long) BLOCK * width);
        int down = (int) Math.min(MOST_DOWN, shape.batch());
        return LaunchPlan.of(
                "a thread " + width + " elements of a state, " + BLOCK + " threads a block: " + across * down
                        + " blocks over " + device.units() + " SMs",
                new KernelLaunch(
                        symbol(),
                        Geometry.of(Dim3.of(Math.toIntExact(across), down), Dim3.of(BLOCK)),
                        List.of(
                                Argument.buffer("xGates"),
                                Argument.buffer("hGates"),
                                Argument.buffer("bias"),
                                Argument.buffer("c"),
                                Argument.buffer("hNext"),
                                Argument.buffer("cNext"),
                                Argument.int32((int) shape.batch()),
                                Argument.int32((int) shape.hidden()))));
    }
}
