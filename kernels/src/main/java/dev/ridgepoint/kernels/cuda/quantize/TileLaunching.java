package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import java.util.List;

/** One scale a square of 128 x 128: a block a square. */
record TileLaunching() implements Launching {
    private static final int SIDE = 128;

    @Override
    public String idea() {
        return "a block a square, kept in registers between the maximum and the codes";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        Dim3 grid = Dim3.of(Launching.blocks(Geometry.tiles(task.cols(), SIDE)), (int)
                Math.min(Geometry.tiles(task.rows(), SIDE), MOST_DOWN));
        return LaunchPlan.of(
                "a square a block: no choice to make",
                new KernelLaunch(
                        entries.main(),
                        Geometry.of(grid, Dim3.of(BLOCK)),
                        List.of(
                                Argument.buffer("x"),
                                Argument.int64(task.rows()),
                                Argument.int64(task.cols()),
                                Argument.buffer("codes"),
                                Argument.buffer("scales"))));
    }
}
