package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.doctor.Doctor;
import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import dev.ridgepoint.benchmarks.jmh.MachineLock;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Forecast;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.RunSettings;
import dev.ridgepoint.benchmarks.plan.Shard;
import dev.ridgepoint.benchmarks.plan.Speed;
import dev.ridgepoint.benchmarks.record.Budget;
import dev.ridgepoint.benchmarks.record.RunSession;
import dev.ridgepoint.benchmarks.record.WorkFolder;
import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint run}: the main job. */
@Command(
        name = "run",
        description = "Measure: verify, time in forked JVMs, and write a result bundle with its report.",
        footer = {
            "",
            "After -- come JMH options: -wi -w -i -r -jvm -jvmArgs -jvmArgsAppend -jvmArgsPrepend -prof -gc -v -to.",
            "Ctrl-C loses no finished fork: --resume FOLDER goes on."
        })
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private BackendOptions backend;

    @Mixin
    private CaseOptions cases;

    @Option(
            names = "--kernel",
            paramLabel = "ID",
            description = "Only this kernel, as 'ridgepoint list' names it (may be given more than once).")
    private List<String> kernels = List.of();

    @Option(names = "--forks", paramLabel = "N", description = "JVMs a case (default: the suite's, 3 or 5).")
    private Integer forks;

    @Option(
            names = "--time-budget",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Start no fork that would end later, as in 10m; the run is then partial.")
    private Duration timeBudget;

    @Option(
            names = "--case-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "10m",
            description = "Kill a fork that takes longer (default ${DEFAULT-VALUE}).")
    private Duration caseTimeout;

    @Option(names = "--dry-run", description = "Say what would run, and run nothing.")
    private boolean dryRun;

    @Option(names = "--shard", paramLabel = "I/N", defaultValue = "1/1", description = "Run the i-th of n parts.")
    private String shard;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Folder for the bundle (default: a new one).")
    private Path out;

    @Option(names = "--resume", paramLabel = "FOLDER", description = "Finish a run that was cut off.")
    private Path resume;

    @Parameters(arity = "0..*", paramLabel = "-- JMH-OPTIONS", description = "Options handed through to JMH.")
    private List<String> jmhArguments = List.of();

    @Override
    @SuppressWarnings("try") // the machine's lock is held, not used
    public Integer call() throws IOException {
        if (resume != null) {
            return resume();
        }
        JmhOptions jmh = JmhOptions.parse(jmhArguments);
        RunSettings settings = cases.settings(backend.target(), selection.suite(), jmh.arguments());
        List<Workload> workloads = selection.workloads(backend.target());
        Protocol protocol = protocol(jmh);
        Shard part = Shard.parse(shard);
        BenchmarkPlan whole;
        BenchmarkPlan plan;
        Path folder;
        Context context;
        try (MachineLock lock = dryRun ? null : lockMachine()) {
            try (Preparation preparation = new Preparation(backend)) {
                whole = preparation.plan(settings, workloads, protocol, kernels);
                plan = whole.shard(part);
                if (dryRun) {
                    return new PlanPrinter(spec.commandLine().getOut(), main.json())
                            .print(plan, Forecast.of(plan, Speed.usual(backend.target())));
                }
                folder = out == null ? RunFolders.fresh(settings.suite()) : out;
                context = preparation.context(Doctor.examine(folder), jmh.jvmFlags());
            }
            RunDocument head = RunHead.of(plan, whole, part, folder, spec);
            try (RunSession session = RunSession.begin(folder, plan, head, context)) {
                announce(plan, context);
                recall(session.folder(), plan, context);
                measure(session, jmh);
            }
            return RunSummary.print(folder, spec.commandLine(), main.json());
        }
    }

    @SuppressWarnings("try") // as above
    private Integer resume() throws IOException {
        if (!WorkFolder.existsIn(resume)) {
            boolean complete = BundleReader.open(resume).run().complete();
            throw UserError.refused(resume + ": "
                    + (complete ? "this run is complete" : "the plan in .work is gone, so nobody knows what is left"));
        }
        BenchmarkPlan plan = PlanFile.read(WorkFolder.in(resume).plan());
        JmhOptions jmh = JmhOptions.parse(plan.settings().jmhOptions());
        BackendOptions as =
                BackendOptions.of(plan.settings().target(), plan.protocol().threads());
        try (MachineLock lock = lockMachine()) {
            Context context;
            try (Preparation preparation = new Preparation(as)) {
                context = preparation.context(Doctor.examine(resume), jmh.jvmFlags());
            }
            try (RunSession session = RunSession.resume(resume, plan, context)) {
                announce(plan, context);
                recall(session.folder(), plan, context);
                measure(session, jmh);
            }
            return RunSummary.print(resume, spec.commandLine(), main.json());
        }
    }

    private Protocol protocol(JmhOptions jmh) {
        Protocol usual = backend.target().simulated()
                ? Protocol.SIMULATED
                : jmh.applyTo(Protocol.of(selection.suite()).withThreads(backend.threads()));
        return forks == null ? usual : usual.withForks(forks);
    }

    private static MachineLock lockMachine() throws IOException {
        MachineLock lock = MachineLock.tryAcquire();
        if (lock == null) {
            throw UserError.refused("another JMH or Ridgepoint run is measuring on this machine; wait for it to end");
        }
        return lock;
    }

    private void announce(BenchmarkPlan plan, Context context) {
        PrintWriter err = spec.commandLine().getErr();
        if (backend != null && backend.whyCpu() != null) {
            err.println("The CPU is measured, since no CUDA device answers: " + backend.whyCpu());
        }
        Speed speed = Speed.of(plan.settings().target(), context.peaks().measured());
        err.println(Forecast.of(plan, speed).sentence());
        err.flush();
    }

    private void recall(Path folder, BenchmarkPlan plan, Context context) {
        String past = PastSpread.sentence(folder, context, plan.protocol().forks());
        if (!past.isEmpty()) {
            spec.commandLine().getErr().println(past);
            spec.commandLine().getErr().flush();
        }
    }

    private void measure(RunSession session, JmhOptions jmh) {
        PrintWriter err = spec.commandLine().getErr();
        ProgressLine progress = new ProgressLine(err, ProgressLine.onTerminal());
        Budget budget = timeBudget == null ? Budget.unlimited() : Budget.of(timeBudget);
        boolean finished = session.run(jmh, caseTimeout, budget, progress);
        progress.done();
        if (!finished) {
            err.println("The time budget is used up; finish with: ridgepoint run --resume " + session.folder());
        }
    }
}
