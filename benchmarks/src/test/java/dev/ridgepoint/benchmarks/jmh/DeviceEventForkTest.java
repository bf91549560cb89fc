package dev.ridgepoint.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.benchmarks.gate.Expectations;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.CacheState;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.Protocol.Iterations;
import dev.ridgepoint.benchmarks.plan.RunSettings;
import dev.ridgepoint.benchmarks.plan.Target;
import dev.ridgepoint.benchmarks.plan.TimingDomain;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.IterationLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fork whose times are the device's own, through JMH, on an emulated driver that is taken for a GPU's. */
class DeviceEventForkTest {
    private static final double RELATIVE = 1e-6;

    @TempDir
    private Path folder;

    @Test
    void iterationsAreTheDevicesAndStandInBothOfJmhsFiles() throws IOException {
        Emulator.require();
        Cell.Inputs inputs = new Cell.Inputs(Distribution.NORMAL, 1);
        Cell cell = new Cell(
                "case",
                new GemmProblem(GemmShape.of(2, 3, 4), Precision.FP32),
                null,
                "gemm/sm80_fp32_naive",
                "native",
                TimingDomain.DEVICE_EVENT,
                CacheState.WARM,
                inputs);
        Target target = Target.of("unguarded");
        Protocol protocol =
                Protocol.of("smoke").withForks(1).withIterations(new Iterations(1, 10), new Iterations(2, 10));
        Path plan = folder.resolve("plan");
        RunSettings settings = new RunSettings(target, "custom", cell.domain(), cell.cache(), inputs, List.of());
        PlanFile.write(new BenchmarkPlan(settings, protocol, List.of(cell), List.of()), plan);
        new Expectations(folder.resolve("expectations")).prepare(cell);
        ForkEnvironment environment =
                new ForkEnvironment("unguarded", plan, folder.resolve("expectations"), folder.resolve("fork"), 0);

        ForkOutcome outcome = new JmhForkRunner(
                        target,
                        protocol,
                        JmhOptions.parse(List.of()),
                        Duration.ofMinutes(5),
                        (one, fork) -> environment,
                        null)
                .run(cell, 0);

        ForkOutcome.Measured measured = assertInstanceOf(ForkOutcome.Measured.class, outcome, outcome.toString());
        List<IterationLine> lines = measured.iterations();
        assertEquals(3, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.ops() >= 1));
        JsonNode part = read(environment.files().jmh());
        assertEquals(
                "ns/op", part.at("/0/secondaryMetrics/deviceTimeNs/scoreUnit").asText());
        assertSame(lines, part.at("/0/secondaryMetrics/deviceTimeNs/rawData/0"));

        MergedJmh merged = new MergedJmh(protocol);
        merged.add(lines, List.of(environment.files().jmh()));
        Path file = folder.resolve("jmh.json");
        merged.write(file);
        assertSame(lines, read(file).at("/0/primaryMetric/rawData/0"));
    }

    private static JsonNode read(Path file) throws IOException {
        return new JsonMapper().readTree(file.toFile());
    }

    private static void assertSame(List<IterationLine> lines, JsonNode row) {
        List<IterationLine> counted =
                lines.stream().filter(line -> !line.warmup()).toList();
        assertEquals(counted.size(), row.size(), row.toString());
        for (int i = 0; i < counted.size(); i++) {
            double ns = counted.get(i).nsPerOp();
            assertEquals(ns, row.get(i).asDouble(), RELATIVE * ns);
        }
    }
}
