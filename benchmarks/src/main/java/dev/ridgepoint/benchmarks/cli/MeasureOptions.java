package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.RunSettings;
import dev.ridgepoint.benchmarks.record.Budget;
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
    private AimOptions aim;

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

    @Option(names = "--out", paramLabel = "FOLDER", description = "Folder for the bundle (default: a new one).")
    private Path out;

    BackendOptions backend() {
        return backend;
    }

    AimOptions aim() {
        return aim;
    }

    RunSettings settings(String suite, JmhOptions jmh) {
        return cases.settings(backend.target(), suite, jmh.arguments());
    }

    Protocol protocol(String suite, JmhOptions jmh) {
        Protocol usual = backend.target().simulated()
                ? Protocol.SIMULATED
                : jmh.applyTo(Protocol.of(suite).withThreads(backend.threads()));
        return aim.applyTo(forks == null ? usual : usual.withForks(forks), forks != null);
    }

    Duration caseTimeout() {
        return caseTimeout;
    }

    Budget budget() {
        return timeBudget == null ? Budget.unlimited() : Budget.of(timeBudget);
    }

    boolean dryRun() {
        return dryRun;
    }

    /** The bundle's folder: what was asked for, or a new one. */
    Path folder(String suite) {
        return out == null ? RunFolders.fresh(suite) : out;
    }
}
