package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.cost.LaunchCost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ridgepoint launch}: what a launch costs from Java. */
@Command(
        name = "launch",
        description =
                "Measure what a launch from Java takes beyond the same call from C++, and what it allocates: an empty"
                        + " kernel and one of ten arguments, each with its wait, in batches and as a graph, through JNI and JCuda.")
final class LaunchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BackendOptions backend;

    @Override
    public Integer call() {
        // Opened once for the choice of driver and device, which both bindings then share.
        backend.open().close();
        if (!backend.target().cuda()) {
            throw UserError.missing("launch: no CUDA device answers"
                    + (backend.whyCpu() == null ? "" : ": " + backend.whyCpu()) + "; --driver emulated plays one");
        }
        try {
            LaunchCost.print(spec.commandLine().getOut());
        } catch (DeviceException e) {
            throw UserError.missing(e.getMessage(), e);
        }
        return ExitCode.OK.status();
    }
}
