package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import java.util.List;

/** One scale a row: a block a row. */
record RowLaunching() implements Launching {
    private static final int WARP = 32;
    private static final int LARGEST_BLOCK = 1024;
    /** Vectors a thread keeps between the maximum and the codes; the kernel's kKept. */
    private static final int KEPT = 4;

    @Override
    public String idea() {
        return "a block a row, kept in registers between the maximum and the codes";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        long vectors = Geometry.tiles(task.cols(), VECTOR);
        int threads = (int) Math.min(LARGEST_BLOCK, WARP * Geometry.tiles(vectors, KEPT * WARP));
        boolean kept = vectors <= (long) threads * KEPT;
        return LaunchPlan.of(
                threads + " threads a row"
                        + (kept ? ", which registers hold" : "; what registers do not hold is read twice"),
                new KernelLaunch(
                        entries.main(),
                        Geometry.of(Dim3.of(Launching.blocks(task.rows())), Dim3.of(threads)),
                        List.of(
                                Argument.buffer("x"),
                                Argument.int64(task.cols()),
                                Argument.buffer("codes"),
                                Argument.buffer("scales"))));
    }
}
