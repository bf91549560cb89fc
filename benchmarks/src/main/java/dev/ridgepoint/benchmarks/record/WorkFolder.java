package dev.ridgepoint.benchmarks.record;

import dev.ridgepoint.benchmarks.jmh.ForkEnvironment;
import dev.ridgepoint.benchmarks.jmh.ForkFiles;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.results.json.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code .work} in the folder of a run: its plan, what each case is expected to give, and the files of each fork. It is
 * what a run that was interrupted goes on from, and gone once the run is complete, but for the logs of forks that
 * failed.
 */
public final class WorkFolder {
    private static final String NAME = ".work";
    private static final int READABLE = 60;

    private final Path folder;

    private WorkFolder(Path folder) {
        this.folder = folder;
    }

    /** The work folder of a run's folder, made if need be. */
    public static WorkFolder in(Path run) throws IOException {
        return new WorkFolder(Files.createDirectories(run.resolve(NAME)));
    }

    /** Whether a run can go on here. */
    public static boolean existsIn(Path run) {
        return Files.isRegularFile(run.resolve(NAME).resolve("plan.ndjson"));
    }

    /** The plan. */
    public Path plan() {
        return folder.resolve("plan.ndjson");
    }

    /** What cases are expected to give. */
    public Path expectations() {
        return folder.resolve("expectations");
    }

    /** The files of a fork. */
    public ForkFiles fork(Cell cell, int fork) {
        return new ForkFiles(folder.resolve(fileName(cell) + ".f" + fork));
    }

    /** What files of a case are called: as much of its id as is readable there, and a digest of all of it. */
    public static String fileName(Cell cell) {
        String readable = cell.id().replaceAll("[^A-Za-z0-9_.-]", "_");
        return readable.substring(0, Math.min(READABLE, readable.length())) + "-"
                + Sha256.hex(cell.id()).substring(0, 12);
    }

    /** What a fork of a cell on this backend is told. */
    public ForkEnvironment environment(String backend, Cell cell, int fork) {
        return new ForkEnvironment(
                backend, plan(), expectations(), fork(cell, fork).part(), fork);
    }

    /** Removes everything but logs to look into; of those, none means no folder. */
    public void tidy(List<Path> logsToKeep) throws IOException {
        List<Path> entries;
        try (Stream<Path> tree = Files.walk(folder)) {
            entries = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : entries) {
            boolean kept = logsToKeep.contains(entry) || (entry.equals(folder) && !logsToKeep.isEmpty());
            if (!kept) {
                Files.delete(entry);
            }
        }
    }
}
