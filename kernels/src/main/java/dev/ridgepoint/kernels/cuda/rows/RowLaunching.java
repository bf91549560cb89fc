package dev.ridgepoint.kernels.cuda.rows;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.RowShape;
import java.util.ArrayList;
import java.util.List;

/** Which threads share a row: as few as hold it, so that many rows are under way, unless rows are few. */
final class RowLaunching {
    private static final int WARP = 32;
    private static final int LARGEST_BLOCK = 1024;
    /** Elements a thread keeps; the kernels' kHeld. */
    private static final int HELD = 32;
    /** Rows of a block in which each warp has its own. */
    private static final int WARPS = 4;

    private RowLaunching() {}

    /**
     * The launch of a function of rows.
     *
     * @param width elements of 16 bytes, which a thread reads at once
     */
    static LaunchPlan plan(RowShape shape, String symbol, int width, int units) {
        boolean many = shape.rows() >= (long) WARPS * units;
        if (many && shape.cols() <= WARP * HELD) {
            return LaunchPlan.of(
                    "a warp a row, " + WARPS + " rows a block: a warp's registers hold a row, and rows fill " + units
                            + " SMs",
                    launch(shape, symbol + "_warp", Geometry.tiles(shape.rows(), WARPS), WARPS * WARP));
        }
        int threads = threads(shape.cols(), many ? HELD : width);
        boolean held = shape.cols() <= (long) threads * HELD;
        return LaunchPlan.of(
                threads + " threads a row"
                        + (many ? ": rows fill " + units + " SMs" : ": rows are few, so a vector a thread")
                        + (held ? "; registers hold it" : "; what registers do not hold is read again"),
                launch(shape, symbol + "_block", shape.rows(), threads));
    }

    private static int threads(long cols, int each) {
        return (int) Math.min(LARGEST_BLOCK, WARP * Geometry.tiles(cols, (long) each * WARP));
    }

    private static KernelLaunch launch(RowShape shape, String entry, long blocks, int threads) {
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.buffer("x"));
        shape.function().parameters().forEach(parameter -> arguments.add(Argument.buffer(parameter)));
        arguments.add(Argument.buffer("y"));
        arguments.add(Argument.int32((int) shape.rows()));
        arguments.add(Argument.int32((int) shape.cols()));
        if (shape.function().normalises()) {
            arguments.add(Argument.fp32(RowFunction.EPSILON));
        }
        return new KernelLaunch(entry, Geometry.of(Dim3.of(Math.toIntExact(blocks)), Dim3.of(threads)), arguments);
    }
}
