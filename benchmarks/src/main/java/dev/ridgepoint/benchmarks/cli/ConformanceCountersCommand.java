package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.conformance.Profiler;
import dev.ridgepoint.benchmarks.conformance.Vectors;
import dev.ridgepoint.device.conformance.GoldenSet;
import dev.ridgepoint.device.conformance.KernelVector;
import dev.ridgepoint.device.conformance.counters.CounterFile;
import dev.ridgepoint.device.conformance.counters.KernelCounters;
import dev.ridgepoint.device.conformance.counters.ProfilerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        Set<String> asked = ids(choice.of(Vectors.kernels()));
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
        CounterFile.write(set.folder(), besides(CounterFile.read(set.folder()), asked, counters));
        PrintWriter text = spec.commandLine().getOut();
        if (parent.json()) {
            JsonOut.print(text, Map.of("kernels", counters.size()));
        } else {
            text.println("counters of " + counters.size() + " kernels; in " + set.folder());
            text.flush();
        }
        return ExitCode.OK.status();
    }

    private static Set<String> ids(List<KernelVector> vectors) {
        return vectors.stream().map(KernelVector::id).collect(Collectors.toSet());
    }

    /** What was counted before stays, but for what is counted now and for what the catalogue no longer has. */
    private static List<KernelCounters> besides(
            List<KernelCounters> before, Set<String> asked, List<KernelCounters> counted) {
        Set<String> staying = ids(Vectors.kernels());
        staying.removeAll(asked);
        return Stream.concat(before.stream().filter(one -> staying.contains(one.id())), counted.stream())
                .toList();
    }
}
