package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import java.util.List;

/** A scale a tensor over scales of groups: the largest magnitudes of parts, then scales and codes. */
record Nvfp4Launching() implements Launching {
    @Override
    public String idea() {
        return "largest magnitudes of parts, then maxima of groups by shuffles";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        AbsMax parts = AbsMax.over(task);
        RowWalk walk = RowWalk.inGroups(task);
        return new LaunchPlan(
                walk.reason() + "; " + parts.blocks() + " parts: no more than the device holds blocks",
                List.of(
                        parts.launch(task, entries),
                        new KernelLaunch(
                                entries.main(),
                                // Each block reads the maxima of all parts, so there are not more than parts.
                                walk.geometry(parts.blocks()),
                                List.of(
                                        Argument.buffer("x"),
                                        Argument.int64(walk.rows()),
                                        Argument.int64(walk.cols()),
                                        Argument.buffer(AbsMax.PARTIALS),
                                        Argument.int32(parts.blocks()),
                                        Argument.buffer("codes"),
                                        Argument.buffer("scales"),
                                        Argument.buffer("tensorScale")))),
                parts.scratch());
    }
}
