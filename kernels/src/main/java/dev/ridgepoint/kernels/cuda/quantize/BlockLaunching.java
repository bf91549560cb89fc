package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.List;

/** Packed blocks of GGUF, which go through shared memory. */
record BlockLaunching() implements Launching {
    @Override
    public String idea() {
        return "packed blocks through shared memory, eight neighbours a thread";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        int elements = task.format().granularity().cols();
        long blocks = task.rows() * Geometry.tiles(task.cols(), elements);
        long staged = (long) BLOCK * VECTOR / elements;
        Argument rows = Argument.int64(task.rows());
        Argument cols = Argument.int64(task.cols());
        Argument codes = Argument.buffer("codes");
        return LaunchPlan.of(
                staged + " packed blocks a block of threads: no choice to make",
                new KernelLaunch(
                        entries.main(),
                        Geometry.of(Dim3.of(Launching.blocks(Geometry.tiles(blocks, staged))), Dim3.of(BLOCK)),
                        task.direction() == Direction.QUANTIZE
                                ? List.of(Argument.buffer("x"), rows, cols, codes)
                                : List.of(codes, rows, cols, Argument.buffer("y"))));
    }
}
