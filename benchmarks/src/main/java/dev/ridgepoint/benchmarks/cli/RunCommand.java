package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import dev.ridgepoint.benchmarks.jmh.MachineLock;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Forecast;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.Shard;
import dev.ridgepoint.benchmarks.record.Budget;
import dev.ridgepoint.benchmarks.record.RunSession;
import dev.ridgepoint.benchmarks.record.WorkFolder;
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
        backend.requireTimed();
        JmhOptions jmh = JmhOptions.parse(jmhArguments);
        Preparation preparation = new Preparation(backend);
        BenchmarkPlan whole = preparation.plan(
                cases.settings(backend.backend(), selection.suite(), jmh.arguments()),
                selection.workloads(),
                jmh.applyTo(protocol()));
        Shard part = Shard.parse(shard);
        BenchmarkPlan plan = whole.shard(part);
        if (dryRun) {
            return new PlanPrinter(spec.commandLine().getOut(), main.json())
                    .print(plan, Forecast.of(plan, Preparation.USUAL_FLOPS, Preparation.USUAL_BYTES));
        }
        try (MachineLock lock = lockMachine()) {
            Path folder = out == null ? RunFolders.fresh(plan.settings().suite()) : out;
            Context context = preparation.context(folder, jmh.jvmFlags());
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
        Preparation preparation = new Preparation(
                BackendOptions.of(plan.settings().backend(), plan.protocol().threads()));
        try (MachineLock lock = lockMachine()) {
            Context context = preparation.context(resume, jmh.jvmFlags());
            try (RunSession session = RunSession.resume(resume, plan, context)) {
                announce(plan, context);
                recall(session.folder(), plan, context);
                measure(session, jmh);
            }
            return RunSummary.print(resume, spec.commandLine(), main.json());
        }
    }

    private Protocol protocol() {
        Protocol protocol = Protocol.of(selection.suite()).withThreads(backend.threads());
        return forks == null ? protocol : protocol.withForks(forks);
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
        Context.Measured peaks = context.peaks().measured();
        err.println(Forecast.of(plan, Preparation.flops(peaks), Preparation.bytes(peaks))
                .sentence());
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
