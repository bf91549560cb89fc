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
import dev.ridgepoint.benchmarks.profile.CaseProfiler;
import dev.ridgepoint.benchmarks.record.RunSession;
import dev.ridgepoint.benchmarks.record.WorkFolder;
import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.Soak;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Plans, measures and reports: what {@code run} and {@code adopt} have in common. */
final class Measurement {
    private final MeasureOptions options;
    private final CommandSpec spec;
    private final boolean json;

    Measurement(MeasureOptions options, CommandSpec spec, boolean json) {
        this.options = options;
        this.spec = spec;
        this.json = json;
    }

    /** Measures one part of these cases into a new bundle, and answers the command's status. */
    int begin(String suite, List<Workload> workloads, KernelOptions kernels, Shard part, JmhOptions jmh)
            throws IOException {
        return begin(suite, workloads, kernels, part, jmh, options.protocol(suite, jmh), true);
    }

    /** The same for a soak, whose cases are run over and over. */
    int soak(Soak soak, String suite, List<Workload> workloads, KernelOptions kernels, JmhOptions jmh)
            throws IOException {
        return begin(suite, workloads, kernels, Shard.WHOLE, jmh, options.soaking(soak, jmh), true);
    }

    /** Plans and looks at the machine for a side whose forks another process runs in turn with those of a second side. */
    int prepare(String suite, List<Workload> workloads, KernelOptions kernels, Shard part, JmhOptions jmh)
            throws IOException {
        Protocol own = options.protocol(suite, jmh);
        if (own.aim() == null) {
            throw UserError.refused(RunCommand.PREPARE + ": needs --aim");
        }
        Protocol turns = own.withAim(own.aim().ofRatio());
        return begin(suite, workloads, kernels, part, jmh, turns, false);
    }

    @SuppressWarnings("try") // the machine's lock is held, not used
    private int begin(
            String suite,
            List<Workload> workloads,
            KernelOptions kernels,
            Shard part,
            JmhOptions jmh,
            Protocol protocol,
            boolean forksNow)
            throws IOException {
        BackendOptions backend = options.backend();
        boolean profiles = options.profiles();
        RunSettings settings = options.settings(suite, jmh);
        BenchmarkPlan whole;
        BenchmarkPlan plan;
        Path folder;
        Context context;
        try (MachineLock lock = options.dryRun() ? null : lockMachine()) {
            try (Preparation preparation = new Preparation(backend)) {
                whole = preparation.plan(settings, workloads, protocol, kernels);
                plan = whole.shard(part);
                if (options.dryRun()) {
                    return new PlanPrinter(spec.commandLine().getOut(), json)
                            .print(plan, Forecast.of(plan, Speed.usual(backend.target())), options.budget());
                }
                folder = options.folder(settings.suite());
                context = preparation.context(Doctor.examine(folder), jmh.jvmFlags());
            }
            RunDocument head = RunHead.of(plan, whole, part, folder, spec);
            try (RunSession session = RunSession.begin(folder, plan, head, context)) {
                if (!forksNow) {
                    return ExitCode.OK.status();
                }
                announce(plan, context);
                recall(session.folder(), plan, context);
                measure(session, jmh);
            }
            return end(folder, plan, profiles);
        }
    }

    /** Finishes a run that was cut off. */
    @SuppressWarnings("try") // as above
    int resume(Path folder) throws IOException {
        boolean profiles = options.profiles();
        if (!WorkFolder.existsIn(folder)) {
            boolean complete = BundleReader.open(folder).run().complete();
            throw UserError.refused(folder + ": "
                    + (complete ? "this run is complete" : "the plan in .work is gone, so nobody knows what is left"));
        }
        BenchmarkPlan plan = PlanFile.read(WorkFolder.in(folder).plan());
        if (plan.protocol().takesTurns()) {
            throw UserError.refused(folder + ": one side of a comparison whose forks take turns; it cannot go on alone:"
                    + " give the folder above it to --resume of 'ab', 'confirm' or 'bisect'");
        }
        JmhOptions jmh = JmhOptions.parse(plan.settings().jmhOptions());
        BackendOptions as =
                BackendOptions.of(plan.settings().target(), plan.protocol().threads());
        try (MachineLock lock = lockMachine()) {
            Context context;
            try (Preparation preparation = new Preparation(as)) {
                context = preparation.context(Doctor.examine(folder), jmh.jvmFlags());
            }
            try (RunSession session = RunSession.resume(folder, plan, context)) {
                announce(plan, context);
                recall(session.folder(), plan, context);
                measure(session, jmh);
            }
            return end(folder, plan, profiles);
        }
    }

    /** Profiles only now: no timed fork runs beside a profiler, and no profiled launch is timed. */
    private int end(Path folder, BenchmarkPlan plan, boolean profiles) throws IOException {
        int status = RunSummary.print(folder, spec.commandLine(), json);
        if (!profiles) {
            return status;
        }
        boolean all = new CaseProfiler(folder, plan, options.caseTimeout())
                .profile(spec.commandLine().getErr());
        return all ? status : Math.max(status, ExitCode.CHECK_FAILED.status());
    }

    static MachineLock lockMachine() throws IOException {
        MachineLock lock = MachineLock.tryAcquire();
        if (lock == null) {
            throw UserError.refused("another JMH or Ridgepoint run is measuring on this machine; wait for it to end");
        }
        return lock;
    }

    private void announce(BenchmarkPlan plan, Context context) {
        PrintWriter err = spec.commandLine().getErr();
        if (options.backend().whyCpu() != null) {
            err.println("The CPU is measured, since no CUDA device answers: "
                    + options.backend().whyCpu());
        }
        Speed speed = Speed.of(plan.settings().target(), context.peaks().measured());
        BadFindings.print(context, err);
        Forecast forecast = Forecast.of(plan, speed);
        err.println(forecast.sentence());
        forecast.then(options.budget().limited()).ifPresent(err::println);
        String noBase = context.build().noBase();
        if (noBase != null && !plan.settings().target().simulated()) {
            err.println("This run can be no base of a gate, nor a baseline: " + noBase);
        }
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
        ProgressLine progress = new ProgressLine(err, RenewedLine.onTerminal());
        boolean finished = session.run(jmh, options.caseTimeout(), options.budget(), progress);
        progress.done();
        if (!finished) {
            err.println("The time budget is used up; finish with: ridgepoint run --resume " + session.folder());
        }
    }
}
