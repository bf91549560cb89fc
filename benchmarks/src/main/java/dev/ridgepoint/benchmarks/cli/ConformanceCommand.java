package dev.ridgepoint.benchmarks.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint conformance}: whether the emulated driver computes what hardware computes. */
@Command(
        name = "conformance",
        description = "Record what a GPU answers to test vectors, and hold the emulated driver against it.",
        subcommands = {
            ConformanceRecordCommand.class,
            ConformanceCheckCommand.class,
            ConformanceCountersCommand.class,
            ConformanceLaunchCommand.class,
            ConformanceReplayCommand.class,
        })
final class ConformanceCommand implements Runnable {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine command = spec.commandLine();
        throw new ParameterException(command, "conformance: expected record, check or counters");
    }

    boolean json() {
        return main.json();
    }
}
