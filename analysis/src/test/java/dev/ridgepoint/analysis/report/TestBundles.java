package dev.ridgepoint.analysis.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Synthetic bundles that several tests read, each written once. */
public final class TestBundles {
    private TestBundles() {}

    private static final class Quick {
        static final Path FOLDER = write(5, true);
    }

    private static final class Partial {
        static final Path FOLDER = write(3, false);
    }

    /** A complete run of five forks with one of everything. */
    public static Path quick() {
        return Quick.FOLDER;
    }

    /** Three forks, stopped half way. */
    public static Path partial() {
        return Partial.FOLDER;
    }

    private static Path write(int forks, boolean complete) {
        try {
            Path folder = Files.createTempDirectory("bundle");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return new SyntheticRun(forks).write(folder.resolve("run"), SyntheticCases.quick(), complete);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException left) {
            System.err.println("could not delete " + folder);
        }
    }
}
