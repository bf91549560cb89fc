package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.Shard;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
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
        BundleReader previous = RunFolders.previous(folder);
        RunDocument head = RunDocument.starting(
                UUID.randomUUID().toString(),
                previous == null ? null : previous.run().runId(),
                Instant.now().toString(),
                command.root().commandLine().getParseResult().originalArgs(),
                plan.settings().suite(),
                RunDocument.Plan.of(caseIds, plan.caseIds().size(), shard.index(), shard.count()),
                protocol(plan.protocol()));
        return previous == null ? head : head.following(seal(previous));
    }

    /** Null of a run that goes on: its seal is not its last. */
    private static String seal(BundleReader previous) {
        try {
            return previous.run().ended() == null ? null : previous.sha256();
        } catch (IOException gone) {
            return null;
        }
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
