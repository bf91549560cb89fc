package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.conformance.Vectors;
import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.device.conformance.Golden;
import dev.ridgepoint.device.conformance.GoldenSet;
import dev.ridgepoint.device.conformance.Origin;
import dev.ridgepoint.device.conformance.Recorder;
import dev.ridgepoint.device.conformance.TestVector;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.device.cuda.driver.FatalCudaException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint conformance record}: what a GPU answers to every test vector. */
@Command(
        name = "record",
        description = "Run every test vector on a GPU and keep its answers. Recording into a folder that was begun goes"
                + " on where it ended.")
final class ConformanceRecordCommand implements Callable<Integer> {
    @ParentCommand
    private ConformanceCommand parent;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CudaOptions cuda;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the goldens.")
    private Path out;

    @Mixin
    private VectorChoice choice;

    @Option(
            names = "--time-budget",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "10m",
            description = "Begin no vector after this long (default ${DEFAULT-VALUE}).")
    private Duration budget;

    private StepsLine progress;
    private int recorded;

    @Override
    public Integer call() throws IOException {
        progress = new StepsLine(spec.commandLine().getErr(), "vectors");
        long deadline = System.nanoTime() + budget.toNanos();
        List<TestVector> vectors = choice.of(Vectors.all());
        GoldenSet set;
        int left;
        try (CudaDevice device = cuda.open()) {
            set = GoldenSet.open(out, Origin.of(device, version()));
            int all = (int) vectors.stream().filter(set::lacks).count();
            left = Recorder.record(device, vectors, set, deadline, golden -> heard(golden, all));
        } catch (FatalCudaException lost) {
            // Said by the vector that lost the device; what was recorded is there.
            set = GoldenSet.read(out);
            left = (int) vectors.stream().filter(set::lacks).count();
        }
        progress.done();
        print(set, left);
        return (left == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED).status();
    }

    private static String version() {
        return Version.current() + " " + BuildInfo.current().gitSha().orElse("of no commit");
    }

    private void heard(Golden golden, int all) {
        progress.begin(++recorded, all, golden.id());
        if (golden.outcome() == Golden.Outcome.FAILED) {
            progress.done();
            spec.commandLine().getErr().println("failed: " + golden.id() + ": " + golden.reason());
            spec.commandLine().getErr().flush();
        }
    }

    /** Of the whole set, whoever recorded it. */
    private void print(GoldenSet set, int left) {
        Map<Golden.Outcome, Integer> outcomes = new TreeMap<>();
        Map<String, Integer> reasons = new TreeMap<>();
        for (Golden golden : set.goldens()) {
            outcomes.merge(golden.outcome(), 1, Integer::sum);
            if (golden.reason() != null) {
                reasons.merge(golden.reason(), 1, Integer::sum);
            }
        }
        PrintWriter text = spec.commandLine().getOut();
        if (parent.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("origin", set.origin());
            answer.put("outcomes", outcomes);
            answer.put("withoutAnswer", reasons);
            answer.put("left", left);
            JsonOut.print(text, answer);
            return;
        }
        text.println(set.origin().describe());
        reasons.forEach((reason, times) -> text.println("no answer " + times + "x: " + reason));
        if (set.origin().emulated()) {
            text.println("recorded on the emulated driver: this says nothing of hardware");
        }
        for (Golden.Outcome outcome : Golden.Outcome.values()) {
            text.print(outcomes.getOrDefault(outcome, 0) + " " + outcome.name().toLowerCase(Locale.ROOT) + ", ");
        }
        text.println(left + " left" + (left > 0 ? "; record again into the same folder" : "; in " + out));
        text.flush();
    }
}
