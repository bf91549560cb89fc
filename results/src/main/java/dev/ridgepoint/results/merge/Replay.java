package dev.ridgepoint.results.merge;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.BundleWriter;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hands a bundle's forks and outcomes to a writer, as the run that made it did. */
final class Replay {
    private final BundleWriter writer;
    private final Path source;
    private final List<IterationLine> fork = new ArrayList<>();

    private Replay(BundleWriter writer, Path source) {
        this.writer = writer;
        this.source = source;
    }

    static void into(BundleWriter writer, BundleReader reader) throws IOException {
        Replay replay = new Replay(writer, reader.path());
        try {
            reader.iterations(replay::line);
            replay.endOfFork();
            reader.cases(replay::put);
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        writer.keep(BundleMerge.contextOf(reader.run()), reader.path().resolve(Layout.CONTEXT));
    }

    private void line(IterationLine line) {
        boolean another = !fork.isEmpty()
                && (fork.get(0).fork() != line.fork() || !fork.get(0).caseId().equals(line.caseId()));
        if (another) {
            endOfFork();
        }
        fork.add(line);
    }

    /** A killed run may have iterations of a fork that never got its part: it did not finish. */
    private void endOfFork() {
        if (fork.isEmpty()) {
            return;
        }
        String caseId = fork.get(0).caseId();
        int number = fork.get(0).fork();
        Path part = source.resolve(Layout.rawPart(caseId, number));
        try {
            if (Files.isRegularFile(part)) {
                writer.fork(caseId, number, fork, part);
            }
            for (String sample : List.of(Layout.telemetry(caseId, number), Layout.host(caseId, number))) {
                if (Files.isRegularFile(source.resolve(sample))) {
                    writer.keep(sample, source.resolve(sample));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        fork.clear();
    }

    private void put(CaseResult result) {
        try {
            writer.put(result);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
