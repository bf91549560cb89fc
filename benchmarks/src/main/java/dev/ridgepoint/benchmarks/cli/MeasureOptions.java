package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.conformance.Profiler;
import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.RunSettings;
import dev.ridgepoint.benchmarks.plan.Target;
import dev.ridgepoint.benchmarks.record.Budget;
import dev.ridgepoint.results.Soak;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** On what, how often and for how long is measured, and where the bundle goes. */
final class MeasureOptions {
    @Mixin
    private BackendOptions backend;

    @Mixin
    private CaseOptions cases;

    @Mixin
    private TurnOptions turns;

    @Option(names = "--forks", paramLabel = "N", description = "JVMs a case (default: the suite's, 3 or 5).")
    private Integer forks;

    @Option(names = "--dry-run", description = "Say what would run, and run nothing.")
    private boolean dryRun;

    @Option(
            names = "--ncu",
            description = "Then profile one launch of each case that was right under Nsight Compute; reports go to the"
                    + " bundle's folder ncu, and no time comes from them.")
    private boolean ncu;

    /**
     * Whether launches are profiled afterwards.
     *
     * @throws UserError where that cannot be
     */
    boolean profiles() {
        if (ncu && !backend.target().cuda()) {
            throw UserError.refused("--ncu: profiles CUDA kernels, and this measures the CPU; add --backend jni");
        }
        if (ncu && !Profiler.isThere()) {
            throw UserError.missing("ncu is not on the PATH; it comes with the CUDA toolkit, as Nsight Compute");
        }
        return ncu;
    }

    BackendOptions backend() {
        return backend;
    }

    TurnOptions turns() {
        return turns;
    }

    AimOptions aim() {
        return turns.aim();
    }

    RunSettings settings(String suite, JmhOptions jmh) {
        return cases.settings(backend.target(), suite, jmh.arguments());
    }

    Protocol protocol(String suite, JmhOptions jmh) {
        Target target = backend.target();
        Protocol ofSuite = Protocol.of(suite, target);
        Protocol usual = target.simulated() ? ofSuite : jmh.applyTo(ofSuite.withThreads(backend.threads()));
        return turns.aim().applyTo(forks == null ? usual : usual.withForks(forks), forks != null);
    }

    /** The same cases over and over for a time. */
    Protocol soaking(Soak soak, JmhOptions jmh) {
        if (backend.target().simulated()) {
            throw UserError.refused("--soak: the emulated driver counts and has no time, so nothing can drift");
        }
        Protocol usual = jmh.applyTo(Protocol.soaking(soak).withThreads(backend.threads()));
        return turns.aim().applyTo(forks == null ? usual : usual.withForks(forks), forks != null);
    }

    /** The number of forks asked for, or another. */
    int forksOr(int usual) {
        return forks == null ? usual : forks;
    }

    Duration caseTimeout() {
        return turns.caseTimeout();
    }

    Budget budget() {
        return turns.budget();
    }

    boolean dryRun() {
        return dryRun;
    }

    /** The bundle's folder: what was asked for, or a new one. */
    Path folder(String suite) {
        return turns.folder(suite);
    }
}
