package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import java.util.List;

/** One scale a group of neighbours: a vector a thread, the maximum by shuffles. */
record GroupLaunching() implements Launching {
    @Override
    public String idea() {
        return "eight neighbours a thread, maxima of groups by shuffles";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        RowWalk walk = RowWalk.inGroups(task);
        return LaunchPlan.of(
                walk.reason(),
                new KernelLaunch(
                        entries.main(),
                        walk.geometry(),
                        List.of(
                                Argument.buffer("x"),
                                Argument.int64(walk.rows()),
                                Argument.int64(walk.cols()),
                                Argument.buffer("codes"),
                                Argument.buffer("scales"))));
    }
}
