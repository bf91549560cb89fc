package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.ArrayList;
import java.util.List;

/** int4 and int8 in the words of checkpoints, with zero points or without: 64 channels of a group a block, turned in shared memory. */
record PackedIntLaunching() implements Launching {
    private static final int CHANNELS = 64;

    @Override
    public String idea() {
        return "64 channels of a group a block, turned to words in shared memory";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        Dim3 grid = Dim3.of(Launching.blocks(Geometry.tiles(task.rows(), CHANNELS)), (int)
                Math.min(Geometry.tiles(task.cols(), task.format().granularity().cols()), MOST_DOWN));
        boolean quantises = task.direction() == Direction.QUANTIZE;
        List<Argument> quantised = new ArrayList<>(List.of(Argument.buffer("codes"), Argument.buffer("scales")));
        if (task.format().zeroBits() > 0) {
            quantised.add(Argument.buffer("zeros"));
        }
        List<Argument> arguments = new ArrayList<>(quantises ? List.of(Argument.buffer("x")) : quantised);
        arguments.addAll(List.of(Argument.int64(task.rows()), Argument.int64(task.cols())));
        arguments.addAll(quantises ? quantised : List.of(Argument.buffer("y")));
        return LaunchPlan.of(
                "64 channels a block: no choice to make",
                new KernelLaunch(entries.main(), Geometry.of(grid, Dim3.of(BLOCK)), arguments));
    }
}
