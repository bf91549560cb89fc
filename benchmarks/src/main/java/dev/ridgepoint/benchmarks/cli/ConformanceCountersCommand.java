package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.conformance.Profiler;
import dev.ridgepoint.benchmarks.conformance.Vectors;
import dev.ridgepoint.device.conformance.GoldenSet;
import dev.ridgepoint.device.conformance.counters.CounterFile;
import dev.ridgepoint.device.conformance.counters.KernelCounters;
import dev.ridgepoint.device.conformance.counters.ProfilerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint conformance counters}: hardware's counters of the catalogue's kernels. */
@Command(
        name = "counters",
        description = "Run the catalogue's kernels under Nsight Compute (ncu), where it is permitted, and keep sectors,"
                + " shared wavefronts and tensor instructions beside the goldens.")
final class ConformanceCountersCommand implements Callable<Integer> {
    @ParentCommand
    private ConformanceCommand parent;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CudaOptions cuda;

    @Mixin
    private VectorChoice choice;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Set of goldens to add them to.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        GoldenSet set = GoldenSet.read(out);
        choice.of(Vectors.kernels());
        if (!Profiler.isThere()) {
            throw UserError.missing("ncu is not on the PATH; it comes with the CUDA toolkit, as Nsight Compute");
        }
        List<String> launch = new ArrayList<>(List.of("conformance", "launch"));
        launch.addAll(cuda.arguments());
        launch.addAll(choice.arguments());
        List<KernelCounters> counters;
        try {
            counters = Profiler.count(Main.class, launch);
        } catch (ProfilerException e) {
            throw UserError.missing(e.getMessage(), e);
        }
        CounterFile.write(set.folder(), added(CounterFile.read(set.folder()), counters));
        PrintWriter text = spec.commandLine().getOut();
        if (parent.json()) {
            JsonOut.print(text, Map.of("kernels", counters.size()));
        } else {
            text.println("counters of " + counters.size() + " kernels; in " + set.folder());
            text.flush();
        }
        return ExitCode.OK.status();
    }

    /** What was counted before stays, unless it was counted again. */
    private static List<KernelCounters> added(List<KernelCounters> before, List<KernelCounters> counted) {
        Map<String, KernelCounters> all = new LinkedHashMap<>();
        before.forEach(one -> all.put(one.id(), one));
        counted.forEach(one -> all.put(one.id(), one));
        return List.copyOf(all.values());
    }
}
