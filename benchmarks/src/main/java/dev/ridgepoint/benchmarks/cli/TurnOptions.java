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

    AimOptions aim() {
        return aim;
    }

    Duration caseTimeout() {
        return caseTimeout;
    }

    Budget budget() {
        return timeBudget == null ? Budget.unlimited() : Budget.of(timeBudget);
    }

    /** The folder asked for, or a new one. */
    Path folder(String name) {
        return out == null ? RunFolders.fresh(name) : out;
    }
}
