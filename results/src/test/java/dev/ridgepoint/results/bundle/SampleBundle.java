package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the sample run through the writer, as benchmarks do. */
public final class SampleBundle {
    private SampleBundle() {}

    /** What all measured samples take, nanoseconds a call. */
    static final double NS = 1.25e6;

    /** The whole sample run. */
    public static Path complete(Path folder) throws IOException {
        return complete(folder, Samples.run(Samples.ids()), Samples.context(), Samples.cases());
    }

    /** A complete run of these cases, the measured ones around {@link #NS}. */
    public static Path complete(Path folder, RunDocument run, Context context, List<CaseResult> cases)
            throws IOException {
        try (BundleWriter writer = BundleWriter.create(Disk.LAZY, folder, run, context)) {
            Path parts = beside(folder);
            record(writer, parts, cases);
            writer.complete(jmh(parts, cases), Samples.ENDED);
        }
        return folder;
    }

    /** A run that was killed after these cases. */
    public static Path killed(Path folder, RunDocument run, Context context, List<CaseResult> cases)
            throws IOException {
        try (BundleWriter writer = BundleWriter.create(Disk.LAZY, folder, run, context)) {
            Path parts = beside(folder);
            record(writer, parts, cases);
        }
        return folder;
    }

    /** A folder for what is handed to the writer; beside the bundle, so that it goes where the test's folder goes. */
    static Path beside(Path bundle) throws IOException {
        return Files.createTempDirectory(bundle.toAbsolutePath().getParent(), ".parts");
    }

    static void record(BundleWriter writer, Path parts, List<CaseResult> cases) throws IOException {
        for (CaseResult result : cases) {
            if (result.timing() != null) {
                for (int fork = 0; fork < Samples.QUICK.forks(); fork++) {
                    List<IterationLine> lines = lines(result.id(), fork);
                    writer.fork(result.id(), fork, lines, part(parts, result.id(), List.of(lines)));
                }
            }
            writer.put(result);
        }
    }

    static List<IterationLine> lines(String id, int fork) {
        return Samples.lines(id, fork, NS, Samples.QUICK);
    }

    static Path jmh(Path parts, List<CaseResult> cases) throws IOException {
        List<String> entries = new ArrayList<>();
        for (CaseResult result : cases) {
            if (result.timing() != null) {
                List<List<IterationLine>> forks = new ArrayList<>();
                for (int fork = 0; fork < Samples.QUICK.forks(); fork++) {
                    forks.add(lines(result.id(), fork));
                }
                entries.add(Samples.jmhEntry(result.id(), forks));
            }
        }
        return Files.writeString(parts.resolve("jmh.json"), "[" + String.join(",\n", entries) + "]\n");
    }

    static Path part(Path parts, String id, List<List<IterationLine>> forks) throws IOException {
        Path file = parts.resolve("part.json");
        return Files.writeString(file, "[" + Samples.jmhEntry(id, forks) + "]\n");
    }
}
