package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.benchmarks.doctor.ContextOfRun;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.CacheState;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.RunSettings;
import dev.ridgepoint.benchmarks.plan.Target;
import dev.ridgepoint.benchmarks.plan.TimingDomain;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.Format;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.BundleWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A plan of small products, and a record of it in a bundle of a machine that is none. */
final class MadePlan {
    private static final Cell.Inputs INPUTS = new Cell.Inputs(Distribution.parse("normal"), 1);

    private MadePlan() {}

    /** Products of so many rows, five forks each, and more until the aim is met. */
    static BenchmarkPlan of(String kernel, ForkAim aim, long... rows) {
        List<Cell> cells =
                Arrays.stream(rows).mapToObj(m -> cell("m" + m, m, kernel)).toList();
        RunSettings settings =
                new RunSettings(Target.of("cpu"), "custom", TimingDomain.CPU_CALL, CacheState.COLD, INPUTS, List.of());
        Protocol protocol = Protocol.of("quick")
                .withIterations(
                        new Protocol.Iterations(MadeForks.WARMUPS, 10),
                        new Protocol.Iterations(MadeForks.ITERATIONS, 10))
                .withForks(5);
        return new BenchmarkPlan(settings, aim == null ? protocol : protocol.withAim(aim), cells, List.of());
    }

    static Cell cell(String id, long rows, String kernel) {
        return new Cell(
                id,
                new GemmProblem(GemmShape.of(rows, 7, 33), Precision.FP32),
                null,
                kernel,
                "native",
                TimingDomain.CPU_CALL,
                CacheState.COLD,
                INPUTS);
    }

    /** A record of the plan in a bundle that is new. */
    static RunRecord record(Path folder, BenchmarkPlan plan) throws IOException {
        Protocol protocol = plan.protocol();
        RunDocument head = RunDocument.starting(
                UUID.randomUUID().toString(),
                null,
                Instant.now().toString(),
                List.of("run"),
                "custom",
                RunDocument.Plan.of(plan.caseIds(), plan.caseIds().size(), 1, 1),
                RunDocument.Protocol.of(
                        protocol.id(),
                        protocol.mode(),
                        protocol.forks(),
                        protocol.warmup().count(),
                        protocol.warmup().millis(),
                        protocol.measurement().count(),
                        protocol.measurement().millis(),
                        protocol.threads(),
                        true));
        return takenUp(folder, plan, BundleWriter.createCopy(folder, head, context()));
    }

    /** The same record after its run was cut off. */
    static RunRecord resumed(Path folder, BenchmarkPlan plan) throws IOException {
        return takenUp(
                folder,
                plan,
                BundleWriter.resume(folder, context(), Instant.now().toString()));
    }

    private static RunRecord takenUp(Path folder, BenchmarkPlan plan, BundleWriter bundle) throws IOException {
        RunRecord record = new RunRecord(plan, WorkFolder.in(folder), bundle, new CaseResults(context()));
        record.takeUp();
        return record;
    }

    private static Context context() {
        return new Context(
                Format.VERSION,
                new Context.Device(
                        "cpu",
                        "Made CPU",
                        "x86-64-v4",
                        "ab".repeat(32),
                        List.of(),
                        List.of("fp32"),
                        2,
                        1L << 25,
                        1L << 34,
                        Map.of(ContextOfRun.BACKEND, "cpu")),
                new Context.Software("17", "Made VM", List.of(), "Made OS", "6.1", "glibc", Map.of()),
                new Context.Host("Made CPU", 1, 2, 1L << 34, null, null, "none"),
                new Context.Build("1".repeat(40), false, "1".repeat(64), Map.of()),
                new Context.Peaks(null, null),
                new Context.Observed(0.1, 1L << 33, 1.0, 20.0),
                List.of(),
                Map.of(
                        "/host/governor", "not visible",
                        "/host/turbo", "not visible",
                        "/peaks/declared", "none",
                        "/peaks/measured", "not measured"));
    }
}
