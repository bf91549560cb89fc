package dev.ridgepoint.analysis.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.analysis.compare.ContextDiff;
import dev.ridgepoint.analysis.compare.FalseDiscovery;
import dev.ridgepoint.analysis.compare.TwoSamples;
import dev.ridgepoint.results.bundle.KnownCases;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many runs of the same cases, in the order of their starts.
 *
 * <p>Runs are compared only under the same circumstances: device, protocol, and everything of the context that is
 * declared but the build, which is what changes from run to run. Each set of circumstances makes series of its own, so
 * that a new JDK never looks like a slower kernel. A series is one case answered by one kernel; its values are means of
 * log fork means. Whether a series changes at all is decided over all series together (Benjamini and Hochberg at 5 %);
 * where and how often, by {@link LevelShifts}.
 *
 * @param runs in order
 * @param cases those with changes first, the largest change first
 * @param least changes smaller than this, a ratio minus one, are not shown
 * @param notes what a reader must know
 */
public record History(List<HistoryRun> runs, List<CaseHistory> cases, double least, List<String> notes) {
    /** The smallest change shown where the user names none. */
    public static final double LEAST = 0.01;

    private static final double CONFIDENCE = 0.95;

    /**
     * Reads bundles; a folder without a {@code result.json} stands for all bundles directly in it.
     *
     * @throws IOException in one line, where one cannot be read
     * @throws IllegalArgumentException where there are fewer than two runs
     */
    public static History of(List<Path> bundles, double least) throws IOException {
        List<String> notes = Collections.synchronizedList(new ArrayList<>());
        Map<String, Path> paths = new LinkedHashMap<>();
        List<RunExtract> extracts = new ArrayList<>();
        List<Path> all = unfolded(bundles);
        List<RunExtract> read = read(all, notes);
        for (int i = 0; i < all.size(); i++) {
            Path first = paths.putIfAbsent(read.get(i).runId(), all.get(i));
            if (first == null) {
                extracts.add(read.get(i));
            } else {
                notes.add(all.get(i) + " is the same run as " + first + " and counts once");
            }
        }
        if (extracts.size() < 2) {
            throw new IllegalArgumentException("a history takes two runs or more, got " + extracts.size());
        }
        return of(extracts, paths, least, notes);
    }

    private static List<RunExtract> read(List<Path> bundles, List<String> notes) throws IOException {
        KnownCases known = new KnownCases();
        Map<String, String> words = new ConcurrentHashMap<>();
        try {
            return bundles.parallelStream()
                    .map(bundle -> {
                        try {
                            return ExtractFile.read(bundle, known, words, notes);
                        } catch (IOException unreadable) {
                            throw new UncheckedIOException(unreadable);
                        }
                    })
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static List<Path> unfolded(List<Path> bundles) throws IOException {
        List<Path> unfolded = new ArrayList<>();
        for (Path bundle : bundles) {
            if (Files.isRegularFile(bundle.resolve(Layout.RESULT))) {
                unfolded.add(bundle);
            } else if (Files.isDirectory(bundle)) {
                try (Stream<Path> inside = Files.list(bundle)) {
                    inside.filter(one -> Files.isRegularFile(one.resolve(Layout.RESULT)))
                            .sorted()
                            .forEach(unfolded::add);
                }
            } else if (Files.exists(bundle)) {
                throw new IllegalArgumentException(bundle + ": a file; expected the folder of a run, which holds its "
                        + Layout.RESULT + ", or a folder of such folders");
            } else {
                throw new NoSuchFileException(bundle.toString());
            }
        }
        return unfolded;
    }

    /** The history of these runs, which come in any order. */
    static History of(List<RunExtract> extracts, Map<String, Path> paths, double least, List<String> notes) {
        List<RunExtract> sorted = new ArrayList<>(extracts);
        sorted.sort(Comparator.comparing((RunExtract run) -> Instant.parse(run.started()))
                .thenComparing(RunExtract::runId));
        List<HistoryRun> runs = runs(sorted, paths);
        Map<SeriesId, Series> series = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            HistoryRun run = runs.get(i);
            for (RunPoint point : sorted.get(i).points()) {
                series.computeIfAbsent(new SeriesId(run.circumstances(), point.key(), point.subject()), Series::new)
                        .add(run.number(), point);
            }
        }
        return new History(runs, judged(List.copyOf(series.values()), least), least, List.copyOf(notes));
    }

    private static List<HistoryRun> runs(List<RunExtract> sorted, Map<String, Path> paths) {
        List<HistoryRun> runs = new ArrayList<>();
        List<RunExtract> latest = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            RunExtract run = sorted.get(i);
            int known = 0;
            while (known < latest.size() && !alike(latest.get(known), run)) {
                known++;
            }
            List<Difference> changed = List.of();
            if (known < latest.size()) {
                changed = between(latest.set(known, run), run);
            } else {
                latest.add(run);
                changed = i == 0 ? changed : between(sorted.get(i - 1), run);
            }
            Path path = paths.get(run.runId());
            runs.add(new HistoryRun(
                    i + 1, path == null ? null : path.toString(), run.runId(), run.started(), known + 1, changed));
        }
        return List.copyOf(runs);
    }

    private static boolean alike(RunExtract a, RunExtract b) {
        return a.protocol().equals(b.protocol())
                && ContextDiff.of(a.context(), b.context()).buildAlone();
    }

    private static List<Difference> between(RunExtract before, RunExtract after) {
        List<Difference> differences = new ArrayList<>();
        if (!before.protocol().equals(after.protocol())) {
            differences.add(new Difference("/protocol/sha256", before.protocol(), after.protocol()));
        }
        JsonNode here = before.context();
        differences.addAll(ContextDiff.of(here, after.context()).differences());
        return List.copyOf(differences);
    }

    private static List<CaseHistory> judged(List<Series> series, double least) {
        // One after the other, each on all cores: series that ask side by side would draw the same table several times.
        series.stream().mapToInt(one -> one.logs().length).distinct().forEach(LevelShifts::prepare);
        double[] p = series.parallelStream()
                .mapToDouble(one -> LevelShifts.p(one.logs()))
                .toArray();
        int[] told = IntStream.range(0, p.length)
                .filter(i -> series.get(i).logs().length >= LevelShifts.LEAST_RUNS)
                .toArray();
        double[] q = FalseDiscovery.q(Arrays.stream(told).mapToDouble(i -> p[i]).toArray());
        Double[] corrected = new Double[p.length];
        for (int i = 0; i < told.length; i++) {
            corrected[told[i]] = q[i];
        }
        List<CaseHistory> cases = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            cases.add(series.get(i).judged(p[i], corrected[i], least));
        }
        cases.sort(Comparator.comparingDouble(History::largest).reversed());
        return List.copyOf(cases);
    }

    private static double largest(CaseHistory one) {
        return one.changes().stream()
                .mapToDouble(change -> Math.abs(Math.log(change.ratio())))
                .max()
                .orElse(0);
    }

    /** Cases with at least one change. */
    public List<CaseHistory> changed() {
        return cases.stream().filter(one -> !one.changes().isEmpty()).toList();
    }

    public HistoryRun run(int number) {
        return runs.get(number - 1);
    }

    private record SeriesId(int circumstances, String key, String subject) {}

    /** A case of one kernel under one set of circumstances, while its runs come in. */
    private static final class Series {
        private final SeriesId id;
        private final List<RunPoint> points = new ArrayList<>();
        private final List<Integer> runs = new ArrayList<>();
        private final Set<Integer> seen = new HashSet<>();
        private int leftOut;
        private double[] logs;

        Series(SeriesId id) {
            this.id = id;
        }

        void add(int run, RunPoint point) {
            if (!point.valid()) {
                leftOut++;
            } else if (seen.add(run)) {
                runs.add(run);
            } else {
                return;
            }
            points.add(point);
        }

        double[] logs() {
            if (logs == null) {
                logs = points.stream()
                        .filter(RunPoint::valid)
                        .mapToDouble(RunPoint::log)
                        .toArray();
            }
            return logs;
        }

        CaseHistory judged(double p, Double q, double least) {
            List<CaseHistory.Change> changes = new ArrayList<>();
            if (q != null && q <= FalseDiscovery.RATE) {
                List<LevelShifts.Shift> shifts = LevelShifts.of(logs);
                for (int i = 0; i < shifts.size(); i++) {
                    int from = i == 0 ? 0 : shifts.get(i - 1).at();
                    int to = i + 1 == shifts.size()
                            ? logs.length
                            : shifts.get(i + 1).at();
                    changes.add(change(shifts.get(i), from, to));
                }
                changes.removeIf(change -> Math.abs(Math.log(change.ratio())) < Math.log1p(least));
            }
            RunPoint last = points.get(points.size() - 1);
            return new CaseHistory(
                    id.key(),
                    id.subject(),
                    last.benchmark(),
                    id.circumstances(),
                    runs.stream().mapToInt(Integer::intValue).toArray(),
                    Arrays.stream(logs()).map(Math::exp).toArray(),
                    p,
                    q,
                    List.copyOf(changes),
                    leftOut);
        }

        private CaseHistory.Change change(LevelShifts.Shift shift, int from, int to) {
            TwoSamples test = TwoSamples.welch(
                    Arrays.copyOfRange(logs, from, shift.at()), Arrays.copyOfRange(logs, shift.at(), to));
            return new CaseHistory.Change(
                    shift.at(),
                    Math.exp(test.difference()),
                    Math.exp(test.low(CONFIDENCE)),
                    Math.exp(test.high(CONFIDENCE)),
                    shift.p());
        }
    }
}
