package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.report.TextTable;
import dev.ridgepoint.analysis.report.WholeFile;
import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.benchmarks.gate.IncorrectException;
import dev.ridgepoint.benchmarks.tune.EventStopwatch;
import dev.ridgepoint.benchmarks.tune.Stopwatch;
import dev.ridgepoint.benchmarks.tune.Trial;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.adopt.AdoptedKernel;
import dev.ridgepoint.kernels.cuda.tuning.Config;
import dev.ridgepoint.kernels.cuda.tuning.TuningRecord;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.Glob;
import dev.ridgepoint.kernels.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint tune}: which config of each CUDA kernel is fastest here, for later runs to take. */
@Command(
        name = "tune",
        description =
                "Verify and time every config of CUDA kernels on these cases, and write which is fastest as a record"
                        + " that 'run --tuning' takes. No time of it is a result.",
        footer = {
            "",
            "Configs are what a kernel's own rule plans for devices of an eighth to eight times as many SMs. Its config for",
            "this device stays unless another is faster in nine of ten rounds."
        })
final class TuneCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BackendOptions backend;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private KernelOptions kernels;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the record is written.")
    private Path out;

    @Option(
            names = "--time-budget",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Begin no case after this long, as in 4m; the record then has those before.")
    private Duration budget;

    private final List<TuningRecord.Choice> choices = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private int single;
    private int left;

    @Override
    public Integer call() throws IOException {
        long begun = System.nanoTime();
        check();
        Map<Problem, Workload> asked = new LinkedHashMap<>();
        selection.workloads(backend.target()).forEach(workload -> asked.putIfAbsent(workload.problem(), workload));
        List<Workload> workloads = List.copyOf(asked.values());
        TuningRecord record;
        try (CudaDevice device = (CudaDevice) backend.open();
                Stopwatch stopwatch = new EventStopwatch(device)) {
            List<CudaRow> rows = kernels.of(device).stream()
                    .filter(kernel -> kernel instanceof CudaRow && !(kernel instanceof AdoptedKernel))
                    .map(CudaRow.class::cast)
                    .toList();
            StepsLine progress = new StepsLine(spec.commandLine().getErr(), "problems");
            for (int i = 0; i < workloads.size(); i++) {
                Problem problem = workloads.get(i).problem();
                Glob meant = workloads.get(i).kernels();
                if (budget != null && System.nanoTime() - begun > budget.toNanos()) {
                    left++;
                } else {
                    progress.begin(i, workloads.size(), problem.id());
                    rows.stream()
                            .filter(row -> meant.matches(row.id()))
                            .forEach(row -> tune(device, row, problem, stopwatch));
                }
            }
            progress.done();
            record = new TuningRecord(
                    TuningRecord.FORMAT,
                    device.traits().name(),
                    device.traits().arch(),
                    build(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    choices);
        }
        WholeFile.write(out, record.text());
        print(record);
        return (wrong.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED).status();
    }

    private void check() {
        if (!backend.target().cuda()) {
            throw UserError.missing(
                    "tune: no CUDA device answers" + (backend.whyCpu() == null ? "" : ": " + backend.whyCpu()));
        }
        if (backend.target().simulated()) {
            throw UserError.missing("tune: the emulated driver has no time to choose by; it takes a GPU");
        }
        if (backend.target().tuning() != null) {
            throw UserError.refused("--tuning: a tuning run chooses configs, and takes none from a record");
        }
    }

    private void tune(CudaDevice device, CudaRow row, Problem problem, Stopwatch stopwatch) {
        if (!(row.supports(problem, device.traits()) instanceof Support.Supported)) {
            return;
        }
        List<Config> configs = Config.of(row, problem, device.traits());
        if (configs.size() == 1) {
            single++;
            return;
        }
        String what = row.id() + " on " + problem.id() + ": ";
        try {
            choices.add(new Trial(device, row, problem, configs).by(stopwatch));
        } catch (IncorrectException incorrect) {
            wrong.add("incorrect " + what + incorrect.getMessage());
        } catch (UnsupportedKernelException | IllegalArgumentException refusal) {
            skipped.add("skipped " + what + refusal.getMessage());
        } catch (DeviceException failure) {
            if (failure.deviceLost()) {
                throw UserError.missing(what + failure.getMessage(), failure);
            }
            skipped.add("skipped " + what + failure.getMessage());
        }
    }

    private static String build() {
        BuildInfo build = BuildInfo.current();
        return build.gitSha().orElse(build.digest()) + (build.gitDirty().orElse(false) ? ", changed" : "");
    }

    private void print(TuningRecord record) {
        PrintWriter text = spec.commandLine().getOut();
        PrintWriter beside = main.json() ? spec.commandLine().getErr() : text;
        if (main.json()) {
            JsonOut.print(text, record);
        } else {
            TextTable table = new TextTable("kernel", "problem", ">rule's", ">chosen", ">gain", "config");
            record.choices().forEach(choice -> table.row(cells(choice)));
            text.println(table.plain(Integer.MAX_VALUE));
        }
        wrong.forEach(beside::println);
        skipped.forEach(beside::println);
        if (left > 0) {
            beside.println(left + " cases were not begun within --time-budget");
        }
        beside.println(choices.size() + " chosen, " + single + " with one config, " + skipped.size() + " skipped, "
                + wrong.size() + " incorrect; " + record.name() + " is " + out);
        beside.flush();
        text.flush();
    }

    private static List<String> cells(TuningRecord.Choice choice) {
        double rule = choice.measured().get(0).medianNs();
        double chosen = choice.chosen().medianNs();
        return List.of(
                choice.kernel(),
                choice.problem(),
                String.format(Locale.ROOT, "%.2f µs", rule / 1e3),
                String.format(Locale.ROOT, "%.2f µs", chosen / 1e3),
                String.format(Locale.ROOT, "%.1f%%", 100 * (rule / chosen - 1)),
                choice.chosen().config());
    }
}
