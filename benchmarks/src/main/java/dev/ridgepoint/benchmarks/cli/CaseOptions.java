package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.plan.CacheState;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.RunSettings;
import dev.ridgepoint.benchmarks.plan.Target;
import dev.ridgepoint.benchmarks.plan.TimingDomain;
import dev.ridgepoint.kernels.operand.Distribution;
import java.util.List;
import java.util.stream.Collectors;
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

    @Option(
            names = "--domain",
            paramLabel = "NAME",
            description =
                    "What a timed call contains: cpu-call on the CPU; device-event (the default), host-sync, batched"
                            + " or graph-replay on a CUDA device.")
    private String domain;

    RunSettings settings(Target target, String suite, List<String> jmhOptions) {
        return new RunSettings(
                target,
                suite,
                domain(TimingDomain.of(target)),
                CacheState.parse(cache),
                new Cell.Inputs(Distribution.parse(distribution), seed),
                jmhOptions);
    }

    private TimingDomain domain(List<TimingDomain> possible) {
        if (domain == null) {
            return possible.get(0);
        }
        return possible.stream()
                .filter(one -> one.id().equals(domain))
                .findFirst()
                .orElseThrow(() -> UserError.refused("--domain: this backend has "
                        + possible.stream().map(TimingDomain::id).collect(Collectors.joining(", ")) + ", and no '"
                        + domain + "'"));
    }
}
