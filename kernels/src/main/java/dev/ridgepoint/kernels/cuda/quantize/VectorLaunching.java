package dev.ridgepoint.kernels.cuda.quantize;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.QuantFormat;
import java.util.ArrayList;
import java.util.List;

/** Codes to plain numbers, whoever shares scales: a vector a thread. */
record VectorLaunching() implements Launching {
    @Override
    public String idea() {
        return "eight neighbours a thread";
    }

    @Override
    public LaunchPlan plan(Task task, Entries entries) {
        RowWalk walk = RowWalk.of(task);
        // A block keeps the scales of its columns for all its rows; more blocks would only read them again.
        boolean byColumn = task.format().granularity().equals(Granularity.PER_COLUMN);
        List<Argument> arguments = new ArrayList<>(List.of(Argument.buffer("codes"), Argument.buffer("scales")));
        if (task.format().equals(QuantFormat.NVFP4)) {
            arguments.add(Argument.buffer("tensorScale"));
        }
        arguments.addAll(List.of(Argument.int64(walk.rows()), Argument.int64(walk.cols()), Argument.buffer("y")));
        return LaunchPlan.of(
                walk.reason(),
                new KernelLaunch(
                        entries.main(), byColumn ? walk.geometry(AbsMax.resident(task)) : walk.geometry(), arguments));
    }
}
