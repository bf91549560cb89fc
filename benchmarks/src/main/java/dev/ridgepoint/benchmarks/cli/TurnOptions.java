package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.record.Budget;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** For how long forks are run, until when they are added, and where bundles go. */
final class TurnOptions {
    @Mixin
    private AimOptions aim;

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

    @Option(names = "--out", paramLabel = "FOLDER", description = "Folder for the bundle (default: a new one).")
    private Path out;

    private Budget budget;

    AimOptions aim() {
        return aim;
    }

    Duration caseTimeout() {
        return caseTimeout;
    }

    /** The same for all that this command runs: it counts from the first time it is asked for. */
    Budget budget() {
        if (budget == null) {
            budget = timeBudget == null ? Budget.unlimited() : Budget.of(timeBudget);
        }
        return budget;
    }

    /** Takes where and for how long from an attempt that goes on with what was asked here. */
    void goOn(TurnOptions now, Path folder) {
        timeBudget = now.timeBudget;
        caseTimeout = now.caseTimeout;
        out = folder;
    }

    /** The folder asked for, or a new one. */
    Path folder(String name) {
        return out == null ? RunFolders.fresh(name) : out;
    }
}
