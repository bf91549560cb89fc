package dev.ridgepoint.analysis.report;

import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    private static final class LaterBuild {
        static final Path FOLDER = write(new SyntheticRun(5).laterBuild(), SyntheticCases.quick(), true);
    }

    private static final class Gpu {
        static final Path FOLDER = write(new SyntheticRun(5).onGpu(), SyntheticCases.besideVendor(), true);
    }

    private static final class Emulated {
        static final Path FOLDER = write(new SyntheticRun(1).emulated(), SyntheticCases.quick(), true);
    }

    /** The cases of {@link #quick} after a later build, some slower and some faster. */
    public static Path laterBuild() {
        return LaterBuild.FOLDER;
    }

    /** The same cases on a made-up GPU, with telemetry and a vendor's kernel. */
    public static Path gpu() {
        return Gpu.FOLDER;
    }

    /** The same cases on the emulated driver, which counts and has no time. */
    public static Path emulated() {
        return Emulated.FOLDER;
    }

    /** A run of a few cases for each day of a month up to this one; the first case takes 8 % longer from one day on. */
    public static List<Path> days(int last, int slowerFrom) {
        List<Path> runs = new ArrayList<>();
        for (int i = 1; i <= last; i++) {
            int day = i;
            runs.add(write(
                    new SyntheticRun(3).later(day, place -> place == 0 && day >= slowerFrom ? 1.08 : 1),
                    SyntheticCases.quick().subList(0, 4),
                    true));
        }
        return runs;
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

    /**
     * How a case of a made-up device ended.
     *
     * @param kernel that answered
     * @param ns time a call
     * @param spread standard deviation of log fork means
     * @param outcome how it ended, null where it was measured
     */
    public record Answered(
            String id,
            Workload workload,
            String kernel,
            String cacheState,
            double ns,
            double spread,
            Outcome outcome) {}

    /** A complete run of five forks of these cases; a device's bandwidths are those of its read, copy and triad. */
    public static Path of(
            Path folder, String kind, String device, Double[] bandwidths, String domain, List<Answered> cases)
            throws IOException {
        Map<String, Double> ns = cases.stream().collect(Collectors.toMap(Answered::id, Answered::ns));
        List<SyntheticCase> made = cases.stream()
                .map(one -> new SyntheticCase(
                        one.id(),
                        one.workload().problem(),
                        one.kernel(),
                        one.cacheState(),
                        one.workload().provenance(),
                        1,
                        one.spread(),
                        SyntheticCase.Course.FLAT,
                        one.outcome()))
                .toList();
        Context.Measured measured =
                new Context.Measured(Map.of(), bandwidths[0], bandwidths[1], bandwidths[2], 1.0, 1, "made up");
        boolean played = kind.equals(Context.EMULATED);
        Context context = SyntheticContext.on(kind, device, new Context.Peaks(null, played ? null : measured));
        return new SyntheticRun(5).on(context, domain, one -> ns.get(one.id())).write(folder, made, true);
    }

    private static Path write(int forks, boolean complete) {
        return write(new SyntheticRun(forks), SyntheticCases.quick(), complete);
    }

    private static Path write(SyntheticRun run, List<SyntheticCase> cases, boolean complete) {
        try {
            Path folder = Files.createTempDirectory("bundle");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return run.write(folder.resolve("run"), cases, complete);
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
