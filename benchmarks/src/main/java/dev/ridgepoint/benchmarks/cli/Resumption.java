package dev.ridgepoint.benchmarks.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Where an attempt at sides whose forks take turns, which was cut off, goes on. */
final class Resumption {
    /** What an attempt that goes on may be told: for how long it may run and how it answers. */
    private static final Set<String> ANEW = Set.of("--resume", "--time-budget", "--case-timeout", "--json", "--debug");

    @Option(
            names = "--resume",
            paramLabel = "FOLDER",
            description = "Go on where the same command into this folder was cut off; a finished one answers again.")
    private Path resume;

    /** The folder to go on in, null for a new question. */
    Path resume() {
        return resume;
    }

    /** The question that was begun in the folder to go on in; one that is put anew beside it is refused. */
    TurnQuestion question(String command, CommandSpec spec) throws IOException {
        ParseResult typed = spec.commandLine().getParseResult();
        if (!typed.matchedPositionals().isEmpty()) {
            throw UserError.refused("--resume: the sides are those of " + resume + "; name no others");
        }
        typed.matchedOptions().stream()
                .map(option -> option.longestName())
                .filter(name -> !ANEW.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw UserError.refused(
                            "--resume: " + name + " is as it was asked in " + resume + "; leave it out");
                });
        return TurnQuestion.read(command, resume);
    }
}
