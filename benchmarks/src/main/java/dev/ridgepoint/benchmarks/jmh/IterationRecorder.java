package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.bundle.IterationLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * Writes a line for every iteration, warm-up included, as soon as it has ended: JMH's own result keeps neither warm-up
 * nor the time of day. Runs in the fork, between iterations, when the device has finished what an iteration launched;
 * where launches are timed by the device itself, those times are the iteration's, and a metric of JMH's too.
 */
public final class IterationRecorder implements InternalProfiler {
    /** JMH's own score of such a case is how fast the host queued launches. */
    private static final String DEVICE_TIME = "deviceTimeNs";

    /** Found at the first iteration: JMH makes one of these in the parent too, to see whether it can. */
    private ForkEnvironment environment;

    private TelemetryLog telemetry;
    private Instant started;
    private int iteration;

    @Override
    public String getDescription() {
        return "Ridgepoint's record of every iteration";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams params) {
        if (environment == null) {
            environment = ForkEnvironment.current();
        }
        Instruments instruments = Instruments.ofThisFork();
        if (instruments.times() != null) {
            instruments.times().clear();
        }
        if (instruments.telemetry() != null && telemetry == null) {
            telemetry = new TelemetryLog(instruments, environment.files());
        }
        if (telemetry != null) {
            telemetry.begin();
        }
        started = Instant.now();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams params, IterationResult result) {
        boolean warmup = params.getType() == IterationType.WARMUP;
        if (telemetry != null) {
            telemetry.end(iteration, warmup);
        }
        DeviceTimes device = Instruments.ofThisFork().times();
        double ns = device == null ? result.getPrimaryResult().getScore() : device.meanNs();
        long ops = device == null ? result.getMetadata().getMeasuredOps() : device.samples();
        StringBuilder line = new StringBuilder();
        IterationLines.write(
                new IterationLine(
                        benchmark.getParam("caseId"),
                        environment.fork(),
                        iteration++,
                        warmup,
                        ns,
                        ops,
                        ChronoUnit.MICROS.between(Instant.EPOCH, started)),
                line);
        append(line);
        return device == null ? List.of() : List.of(new ScalarResult(DEVICE_TIME, ns, "ns/op", AggregationPolicy.AVG));
    }

    private void append(CharSequence line) {
        try (Writer file = Files.newBufferedWriter(
                environment.files().iterations(),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND)) {
            file.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
