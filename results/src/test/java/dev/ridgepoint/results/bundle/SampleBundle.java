package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes the sample run through the writer, as benchmarks do. */
public final class SampleBundle {
    private SampleBundle() {}

    /** The whole sample run. */
    public static Path complete(Path folder) throws IOException {
        Path parts = Files.createTempDirectory("parts");
        try (BundleWriter writer =
                BundleWriter.create(Disk.LAZY, folder, Samples.run(Samples.ids()), Samples.context())) {
            recordForks(writer, parts);
            for (CaseResult result : Samples.cases()) {
                writer.put(result);
            }
            writer.complete(jmh(parts), Samples.ENDED);
        }
        return folder;
    }

    /** The forks that are not recorded yet. */
    static void recordForks(BundleWriter writer, Path parts) throws IOException {
        String id = Samples.measured().id();
        for (int fork = 0; fork < Samples.QUICK.forks(); fork++) {
            if (!writer.finishedForks().getOrDefault(id, Set.of()).contains(fork)) {
                List<IterationLine> lines = Samples.lines(id, fork, 1.25e6, Samples.QUICK);
                writer.fork(id, fork, lines, part(parts, id, List.of(lines)));
            }
        }
    }

    static Path jmh(Path parts) throws IOException {
        String id = Samples.measured().id();
        List<List<IterationLine>> forks = new ArrayList<>();
        for (int fork = 0; fork < Samples.QUICK.forks(); fork++) {
            forks.add(Samples.lines(id, fork, 1.25e6, Samples.QUICK));
        }
        return part(parts, id, forks);
    }

    static Path part(Path parts, String id, List<List<IterationLine>> forks) throws IOException {
        Path file = parts.resolve("part.json");
        return Files.writeString(file, "[" + Samples.jmhEntry(id, forks) + "]\n");
    }
}
