package dev.ridgepoint.kernels.cuda.rows;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.RowProblem;
import dev.ridgepoint.kernels.shape.RowShape;
import java.util.Arrays;
import java.util.List;

/** A function of rows that reads memory once where a row fits the registers of a block. */
public record RowKernel(RowFunction function, Precision precision) implements CudaRow {
    /** Columns are counted in 32 bits, with room for a step beyond the last. */
    private static final long MOST_COLS = 1L << 30;

    /** Every function in every type. */
    public static List<CudaRow> all() {
        return Arrays.stream(RowFunction.values())
                .flatMap(function ->
                        PlainProblem.PRECISIONS.stream().<CudaRow>map(precision -> new RowKernel(function, precision)))
                .toList();
    }

    @Override
    public String id() {
        return function.id() + "/sm80_" + precision + "_rows";
    }

    @Override
    public String idea() {
        return "a warp or a block a row, read once and kept in registers as fp32";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof RowProblem rows) || rows.shape().function() != function) {
            return Support.unsupported("does " + function.id() + ", and this is " + problem.op());
        }
        if (rows.precision() != precision) {
            return Support.unsupported("reads and writes " + precision + ", not " + rows.precision());
        }
        RowShape shape = rows.shape();
        if (shape.rows() > Integer.MAX_VALUE) {
            return Support.unsupported("rows: more than a grid has blocks");
        }
        if (shape.cols() > MOST_COLS) {
            return Support.unsupported("cols: takes rows of up to 2^30 elements");
        }
        return CudaKernels.onArch(this, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        RowShape shape = ((RowProblem) problem).shape();
        int width = Long.BYTES * 2 * Byte.SIZE / precision.activation().bits();
        return RowLaunching.plan(shape, symbol(), width, device.units());
    }
}
