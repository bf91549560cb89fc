package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.benchmarks.conformance.Vectors;
import dev.ridgepoint.device.conformance.KernelVector;
import dev.ridgepoint.device.conformance.counters.KernelCounters.Launched;
import dev.ridgepoint.device.cuda.CudaDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ridgepoint conformance launch}: every kernel once, for a profiler that watches this process. */
@Command(
        name = "launch",
        hidden = true,
        description = "Launch every kernel of the catalogue once and list the launches.")
final class ConformanceLaunchCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Mixin
    private CudaOptions cuda;

    @Mixin
    private VectorChoice choice;

    @Parameters(paramLabel = "FILE", description = "List of launches to write.")
    private Path list;

    @Override
    public Integer call() throws IOException {
        StringBuilder launched = new StringBuilder();
        try (CudaDevice device = cuda.open()) {
            for (KernelVector vector : choice.of(Vectors.kernels())) {
                if (vector.refusal(device.traits()).isEmpty()) {
                    vector.run(device);
                    Launched entry = new Launched(vector.id(), vector.entries(device.traits()));
                    launched.append(JSON.writeValueAsString(entry)).append('\n');
                }
            }
        }
        Files.writeString(list, launched);
        return ExitCode.OK.status();
    }
}
