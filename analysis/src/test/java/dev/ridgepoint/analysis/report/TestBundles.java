package dev.ridgepoint.analysis.report;

import dev.ridgepoint.kernels.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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

    /** A complete run of these workloads, every one at half of the made-up CPU's roofline. */
    public static Path of(Path folder, List<Workload> workloads) throws IOException {
        List<SyntheticCase> cases = workloads.stream()
                .map(one -> new SyntheticCase(
                        one.id(),
                        one.problem(),
                        one.problem().op() + "/plain",
                        "cold",
                        one.provenance(),
                        0.5,
                        0.004,
                        SyntheticCase.Course.FLAT,
                        null))
                .toList();
        return new SyntheticRun(5).write(folder, cases, true);
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
