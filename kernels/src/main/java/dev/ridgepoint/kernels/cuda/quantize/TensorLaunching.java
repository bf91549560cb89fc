package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import java.util.List;

/** One scale a tensor: the largest magnitudes of parts, then the codes. */
record TensorLaunching() implements Launching {
    @Override
    public String idea() {
        return "largest magnitudes of parts, then codes: two launches over the whole";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        AbsMax parts = AbsMax.over(task);
        return new LaunchPlan(
                parts.blocks() + " parts: no more than the device holds blocks",
                List.of(
                        parts.launch(task, entries),
                        new KernelLaunch(
                                entries.main(),
                                parts.geometry(),
                                List.of(
                                        Argument.buffer("x"),
                                        Argument.int64(task.rows() * task.cols()),
                                        Argument.buffer(AbsMax.PARTIALS),
                                        Argument.int32(parts.blocks()),
                                        Argument.buffer("codes"),
                                        Argument.buffer("scales")))),
                parts.scratch());
    }
}
