package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Predicate;
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

    /** The latest run beside this one, or null. */
    static BundleReader previous(Path folder) {
        return latestBeside(folder, run -> true);
    }

    /** The latest of the wanted runs beside a folder, its own left aside; null where there is none. */
    static BundleReader latestBeside(Path folder, Predicate<BundleReader> wanted) {
        Path own = folder.toAbsolutePath();
        Path siblings = own.getParent();
        if (siblings == null || !Files.isDirectory(siblings)) {
            return null;
        }
        String latestStart = "";
        BundleReader latest = null;
        for (Path sibling : list(siblings)) {
            try {
                BundleReader reader = BundleReader.open(sibling);
                String started = reader.run().started();
                if (!sibling.equals(own) && started.compareTo(latestStart) > 0 && wanted.test(reader)) {
                    latestStart = started;
                    latest = reader;
                }
            } catch (IOException noBundle) {
                // Other things may lie beside runs.
            }
        }
        return latest;
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
