package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** Where runs go that name no folder: {@code results/runs} of the checkout, else {@code ridgepoint-runs} here. */
final class RunFolders {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunFolders() {}

    /** A folder that is not there yet, named by the time and the suite. */
    static Path fresh(String suite) {
        String name = STAMP.format(Instant.now()) + "-" + suite;
        Path folder = parent().resolve(name);
        for (int i = 2; Files.exists(folder); i++) {
            folder = parent().resolve(name + "-" + i);
        }
        return folder;
    }

    private static Path parent() {
        String home = System.getProperty("ridgepoint.home");
        return home == null ? Path.of("ridgepoint-runs") : Path.of(home, "results", "runs");
    }

    /** The id of the latest run beside this one, or null. */
    static String previousRunId(Path folder) {
        Path siblings = folder.toAbsolutePath().getParent();
        if (siblings == null || !Files.isDirectory(siblings)) {
            return null;
        }
        String latestStart = "";
        String latestId = null;
        for (Path sibling : list(siblings)) {
            try {
                var run = BundleReader.open(sibling).run();
                if (run.started().compareTo(latestStart) > 0) {
                    latestStart = run.started();
                    latestId = run.runId();
                }
            } catch (IOException noBundle) {
                // Other things may lie beside runs.
            }
        }
        return latestId;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve("result.json")))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
