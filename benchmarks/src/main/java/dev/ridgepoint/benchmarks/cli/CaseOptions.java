package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.plan.CacheState;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.RunSettings;
import dev.ridgepoint.benchmarks.plan.TimingDomain;
import dev.ridgepoint.kernels.operand.Distribution;
import java.util.List;
import picocli.CommandLine.Option;

/** How each case is asked: part of its identity. */
final class CaseOptions {
    @Option(
            names = "--cache",
            paramLabel = "STATE",
            defaultValue = "cold",
            description = "cold rotates through twice the last-level cache; warm uses one set of buffers"
                    + " (default ${DEFAULT-VALUE}).")
    private String cache;

    @Option(
            names = "--distribution",
            paramLabel = "NAME",
            defaultValue = "normal",
            description = "What operands are filled with (default ${DEFAULT-VALUE}).")
    private String distribution;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of operands and of the order of cases (default ${DEFAULT-VALUE}).")
    private long seed;

    RunSettings settings(String backend, String suite, List<String> jmhOptions) {
        return new RunSettings(
                backend,
                suite,
                TimingDomain.CPU_CALL,
                CacheState.parse(cache),
                new Cell.Inputs(Distribution.parse(distribution), seed),
                jmhOptions);
    }
}
