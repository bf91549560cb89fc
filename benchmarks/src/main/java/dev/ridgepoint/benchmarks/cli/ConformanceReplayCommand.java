package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.conformance.Vectors;
import dev.ridgepoint.device.conformance.GoldenSet;
import dev.ridgepoint.device.conformance.Replay;
import dev.ridgepoint.device.conformance.Report;
import dev.ridgepoint.device.cuda.CudaDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ridgepoint conformance replay}: one set, in this process; what {@code check} starts for each. */
@Command(name = "replay", hidden = true, description = "Replay one set of goldens here and print the report as JSON.")
final class ConformanceReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SET", description = "Folder of one set.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        GoldenSet set = GoldenSet.read(folder);
        Report report;
        try (CudaDevice device = CudaOptions.emulated()) {
            report = Replay.of(set, Vectors.all(), device);
        }
        JsonOut.print(spec.commandLine().getOut(), report);
        return ExitCode.OK.status();
    }
}
