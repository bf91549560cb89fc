package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.Shard;
import dev.ridgepoint.results.RunDocument;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;

/** The head of a run that starts now. */
final class RunHead {
    private RunHead() {}

    /**
     * @param plan the part that runs here
     * @param whole the plan it is a part of
     */
    static RunDocument of(BenchmarkPlan plan, BenchmarkPlan whole, Shard shard, Path folder, CommandSpec command) {
        List<String> caseIds = whole.caseIds();
        return RunDocument.starting(
                UUID.randomUUID().toString(),
                RunFolders.previousRunId(folder),
                Instant.now().toString(),
                command.root().commandLine().getParseResult().originalArgs(),
                plan.settings().suite(),
                RunDocument.Plan.of(caseIds, plan.caseIds().size(), shard.index(), shard.count()),
                protocol(plan.protocol()));
    }

    private static RunDocument.Protocol protocol(Protocol protocol) {
        return RunDocument.Protocol.of(
                protocol.id(),
                protocol.mode(),
                protocol.forks(),
                protocol.warmup().count(),
                protocol.warmup().millis(),
                protocol.measurement().count(),
                protocol.measurement().millis(),
                protocol.threads(),
                true);
    }
}
