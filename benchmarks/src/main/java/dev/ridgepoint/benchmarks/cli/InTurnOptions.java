package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.compare.CompareOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** What is worth calling of two sides whose forks take turns, and where an attempt at them that was cut off goes on. */
final class InTurnOptions {
    /** What an attempt that goes on may be told: for how long it may run and how it answers. */
    private static final Set<String> ANEW = Set.of("--resume", "--time-budget", "--case-timeout", "--json", "--debug");

    @Option(
            names = "--margin",
            paramLabel = "PERCENT",
            description = "Least change worth calling, in percent (default: 3, or under confirm a calibration's).")
    private Double margin;

    @Option(
            names = "--resume",
            paramLabel = "FOLDER",
            description = "Go on where the same command into this folder was cut off; a finished one answers again.")
    private Path resume;

    /** The folder to go on in, null for a new question. */
    Path resume() {
        return resume;
    }

    /** What to call, block by block. */
    CompareOptions compare() {
        return new CompareOptions(margin == null ? CompareOptions.MARGIN : margin / 100, true, Set.of());
    }

    /** Whether a margin was asked for. */
    boolean ownMargin() {
        return margin != null;
    }

    /** The margin as words to ask with again: nothing where none was asked for. */
    String again() {
        return margin == null ? "" : " --margin " + margin;
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
