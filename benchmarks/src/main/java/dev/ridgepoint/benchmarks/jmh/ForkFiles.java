package dev.ridgepoint.benchmarks.jmh;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.benchmarks.counts.LaunchCounts;
import dev.ridgepoint.results.IterationLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files one fork leaves: {@code <part>.verdict}, {@code .iterations.ndjson}, {@code .jmh.json}, {@code .log}.
 * The verdict is written last; without it the fork does not count and runs again.
 *
 * @param part path they all start with
 */
public record ForkFiles(Path part) {
    /** What only the watching run needs: a fork would take a third of a second to learn how to read what it writes. */
    private static final class Lines {
        static final ObjectReader READER = new JsonMapper().readerFor(IterationLine.class);
    }

    /** A line for every iteration, warm-up included. */
    public Path iterations() {
        return sibling(".iterations.ndjson");
    }

    /** What a GPU said of itself, a line an iteration; not there on other devices. */
    public Path telemetry() {
        return sibling(".telemetry.ndjson");
    }

    /** What the host said of its processor right after the fork; not there where it says nothing, or is not what is timed. */
    public Path host() {
        return sibling(".host.json");
    }

    /** What the fork said of itself, until the run that watched it has settled the verdict. */
    public Path word() {
        return sibling(".word");
    }

    /** How the fork ended. */
    public Path verdict() {
        return sibling(".verdict");
    }

    /** JMH's own result of this fork. */
    public Path jmh() {
        return sibling(".jmh.json");
    }

    /** Everything the fork and JMH said. */
    public Path log() {
        return sibling(".log");
    }

    private Path sibling(String suffix) {
        return part.resolveSibling(part.getFileName() + suffix);
    }

    /** Removes what an interrupted attempt left. */
    void clear() throws IOException {
        for (Path file : List.of(verdict(), word(), iterations(), telemetry(), host(), jmh(), log())) {
            Files.deleteIfExists(file);
        }
    }

    /** How the fork ended, or empty where it has not. */
    public Optional<ForkOutcome> outcome() throws IOException {
        if (!Files.exists(verdict())) {
            return Optional.empty();
        }
        ForkVerdict verdict = ForkVerdict.read(verdict());
        return Optional.of(
                switch (verdict.outcome()) {
                    case ForkVerdict.MEASURED ->
                        new ForkOutcome.Measured(
                                verdict.implementation(),
                                verdict.inputsSha256(),
                                verdict.correctness(),
                                verdict.throttled(),
                                readIterations());
                    case ForkVerdict.SIMULATED ->
                        new ForkOutcome.Simulated(
                                verdict.implementation(),
                                verdict.inputsSha256(),
                                verdict.correctness(),
                                LaunchCounts.parse(verdict.counters()));
                    case ForkVerdict.INCORRECT ->
                        new ForkOutcome.Incorrect(verdict.reason(), verdict.implementation(), verdict.correctness());
                    case ForkVerdict.SKIPPED -> new ForkOutcome.Skipped(verdict.reason());
                    case ForkVerdict.FAILED -> new ForkOutcome.Failed(verdict.reason());
                    default -> throw new IOException(verdict() + ": /outcome: unknown '" + verdict.outcome() + "'");
                });
    }

    private List<IterationLine> readIterations() throws IOException {
        List<IterationLine> lines = new ArrayList<>();
        for (String line : Files.readAllLines(iterations(), StandardCharsets.UTF_8)) {
            lines.add(Lines.READER.readValue(line));
        }
        return lines;
    }
}
