package dev.ridgepoint.benchmarks.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.results.IterationLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * One JMH result a case from forks that ran one at a time, perhaps with a crash of the harness in between: rebuilt from
 * what each fork left on disk, and written by JMH's own writer, so that its viewers see the true number of forks.
 */
public final class MergedJmh {
    private static final JsonMapper JSON = new JsonMapper();
    /** JMH takes whole nanoseconds over a number of calls: so many calls keep the fractions of one. */
    private static final long PARTS = 1L << 20;

    private static final String FORK_FLAG = "-Dridgepoint.fork.";

    private final Protocol protocol;
    private final List<RunResult> results = new ArrayList<>();

    public MergedJmh(Protocol protocol) {
        this.protocol = protocol;
    }

    /** Whether no case was added. */
    public boolean isEmpty() {
        return results.isEmpty();
    }

    /**
     * Adds a case.
     *
     * @param iterations all its iterations; warm-up is left out, as JMH does
     * @param parts JMH's own file of each fork, in the order of forks
     */
    public void add(List<IterationLine> iterations, List<Path> parts) throws IOException {
        Map<Integer, List<IterationLine>> byFork = new TreeMap<>();
        for (IterationLine line : iterations) {
            if (!line.warmup()) {
                byFork.computeIfAbsent(line.fork(), fork -> new ArrayList<>()).add(line);
            }
        }
        List<JsonNode> ofJmh = new ArrayList<>();
        for (Path part : parts) {
            ofJmh.add(JSON.readTree(Files.readAllBytes(part)).path(0));
        }
        BenchmarkParams params = params(ofJmh.get(0), byFork.size());
        List<BenchmarkResult> forks = new ArrayList<>();
        int part = 0;
        for (List<IterationLine> lines : byFork.values()) {
            forks.add(new BenchmarkResult(params, iterations(params, lines, ofJmh.get(part++))));
        }
        results.add(new RunResult(params, forks));
    }

    /** Writes all cases. */
    public void write(Path file) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        }
    }

    private static List<IterationResult> iterations(BenchmarkParams params, List<IterationLine> lines, JsonNode part) {
        List<IterationResult> results = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            IterationLine line = lines.get(i);
            IterationResult result = new IterationResult(
                    params, params.getMeasurement(), new IterationResultMetaData(line.ops(), line.ops()));
            result.addResult(new AverageTimeResult(
                    ResultRole.PRIMARY, "call", PARTS, Math.round(line.nsPerOp() * PARTS), TimeUnit.NANOSECONDS));
            addSecondary(result, part.path("secondaryMetrics"), i);
            results.add(result);
        }
        return results;
    }

    /** Metrics of the user's own profilers, where the fork has one for every iteration. */
    private static void addSecondary(IterationResult result, JsonNode metrics, int iteration) {
        metrics.properties().forEach(metric -> {
            JsonNode value = metric.getValue().path("rawData").path(0).path(iteration);
            if (value.isNumber()) {
                result.addResult(new ScalarResult(
                        metric.getKey(),
                        value.doubleValue(),
                        metric.getValue().path("scoreUnit").asText(),
                        AggregationPolicy.AVG));
            }
        });
    }

    private BenchmarkParams params(JsonNode part, int forks) {
        WorkloadParams workload = new WorkloadParams();
        part.path("params")
                .properties()
                .forEach(param -> workload.put(param.getKey(), param.getValue().asText(), 0));
        List<String> jvmArgs = new ArrayList<>();
        for (JsonNode argument : part.path("jvmArgs")) {
            if (!argument.asText().startsWith(FORK_FLAG)) {
                jvmArgs.add(argument.asText());
            }
        }
        return new BenchmarkParams(
                part.path("benchmark").asText(),
                part.path("benchmark").asText(),
                true,
                part.path("threads").asInt(),
                new int[] {1},
                List.of(),
                forks,
                0,
                phase(IterationType.WARMUP, protocol.warmup()),
                phase(IterationType.MEASUREMENT, protocol.measurement()),
                Mode.AverageTime,
                workload,
                TimeUnit.NANOSECONDS,
                1,
                part.path("jvm").asText(),
                jvmArgs,
                part.path("jdkVersion").asText(),
                part.path("vmName").asText(),
                part.path("vmVersion").asText(),
                part.path("jmhVersion").asText(),
                TimeValue.minutes(10));
    }

    private static IterationParams phase(IterationType type, Protocol.Iterations iterations) {
        return new IterationParams(type, iterations.count(), TimeValue.milliseconds(iterations.millis()), 1);
    }
}
