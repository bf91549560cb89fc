package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.List;

/** Asymmetric int4 in the layouts of checkpoints: 64 channels of a group a block, turned in shared memory. */
record Int4Launching() implements Launching {
    private static final int CHANNELS = 64;

    @Override
    public String idea() {
        return "64 channels of a group a block, turned to words in shared memory";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        Dim3 grid = Dim3.of(Launching.blocks(Geometry.tiles(task.rows(), CHANNELS)), (int)
                Math.min(Geometry.tiles(task.cols(), task.format().granularity().cols()), MOST_DOWN));
        Argument codes = Argument.buffer("codes");
        Argument scales = Argument.buffer("scales");
        Argument zeros = Argument.buffer("zeros");
        Argument channels = Argument.int64(task.rows());
        Argument cols = Argument.int64(task.cols());
        return LaunchPlan.of(
                "64 channels a block: no choice to make",
                new KernelLaunch(
                        entries.main(),
                        Geometry.of(grid, Dim3.of(BLOCK)),
                        task.direction() == Direction.QUANTIZE
                                ? List.of(Argument.buffer("x"), channels, cols, codes, scales, zeros)
                                : List.of(codes, scales, zeros, channels, cols, Argument.buffer("y"))));
    }
}
