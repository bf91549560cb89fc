package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.stats.Timings;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.results.CaseKeys;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.Format;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.Plan;
import dev.ridgepoint.results.RunDocument.Protocol;
import dev.ridgepoint.results.Subject;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.Validity;
import dev.ridgepoint.results.bundle.BundleWriter;
import dev.ridgepoint.results.bundle.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/** A run that never happened, as a valid bundle whose every circumstance a test may choose. */
final class MadeRun {
    private static final int WARMUPS = 4;
    private static final int ITERATIONS = 10;

    private static final String DEVICE_TIME =
            "\"deviceTimeNs\": {\"score\": 1.0, \"scoreError\": \"NaN\", \"scoreUnit\": \"ns/op\", \"rawData\": [ROWS]}";

    private String protocol = "made/1";
    private List<String> argv = List.of("run");
    private String started = "2026-11-22T10:00:00Z";
    private String ended = "2026-11-22T10:05:00Z";
    private int planned;
    private int milliseconds = 250;
    private String device = "Test CPU";
    private String uuid = "ab".repeat(32);
    private String jdk = "17.0.1";
    private String sha = "1";
    private String image;
    private Boolean dirty = false;
    private String driver;
    private Context.Measured ceilings;
    private boolean rawKept = true;
    private boolean whole = true;
    private int secondsOfAFork;
    private Telling telling;
    private IntToDoubleFunction others;
    private final List<MadeCase> cases = new ArrayList<>();

    /** What a GPU said around an iteration, as a line of telemetry. */
    interface Telling {
        String of(int fork, int iteration, boolean warmup);
    }

    MadeRun planned(int forks) {
        planned = forks;
        return this;
    }

    MadeRun protocol(String id) {
        protocol = id;
        return this;
    }

    MadeRun asked(String... words) {
        argv = List.of(words);
        return this;
    }

    MadeRun iterationsOf(int millis) {
        milliseconds = millis;
        return this;
    }

    MadeRun on(String name, String id) {
        device = name;
        uuid = id;
        return this;
    }

    /** On a GPU whose driver has that version. */
    MadeRun onGpu(String version) {
        driver = version;
        return this;
    }

    /** Beside bandwidths that its probes reached. */
    MadeRun reaching(double read, double copy, double triad) {
        ceilings = new Context.Measured(Map.of(), read, copy, triad, null, 1, "made up");
        return this;
    }

    MadeRun jdk(String version) {
        jdk = version;
        return this;
    }

    /** Another build: its commit and its jar. */
    MadeRun build(String digit) {
        sha = digit;
        return this;
    }

    /** Images of kernels that every build has alike. */
    MadeRun sharingImages() {
        image = "e";
        return this;
    }

    MadeRun dirty() {
        dirty = true;
        return this;
    }

    MadeRun stopped() {
        whole = false;
        return this;
    }

    MadeRun withoutRaw() {
        rawKept = false;
        return this;
    }

    MadeRun between(String start, String end) {
        started = start;
        ended = end;
        return this;
    }

    /** Forks one after the other, round by round from the start on, so many seconds each. */
    MadeRun taking(int seconds) {
        secondsOfAFork = seconds;
        return this;
    }

    /** Telemetry beside every fork. */
    MadeRun telling(Telling lines) {
        telling = lines;
        return this;
    }

    /** Beside processors that others kept busy, fork by fork. */
    MadeRun beside(IntToDoubleFunction cores) {
        others = cores;
        return this;
    }

    MadeRun with(MadeCase one) {
        cases.add(one);
        return this;
    }

    /** In place of all cases so far. */
    MadeRun only(MadeCase one) {
        cases.clear();
        return with(one);
    }

    /** Writes the bundle. */
    Path write(Path folder) throws IOException {
        List<String> ids = cases.stream().map(MadeCase::id).toList();
        int forks = planned > 0
                ? planned
                : cases.stream().mapToInt(one -> one.forkNs().length).max().orElse(5);
        RunDocument head = RunDocument.starting(
                UUID.randomUUID().toString(),
                null,
                started,
                argv,
                "quick",
                Plan.of(ids, ids.size(), 1, 1),
                Protocol.of(protocol, "avgt", forks, WARMUPS, 250, ITERATIONS, milliseconds, 1, true));
        try (BundleWriter writer = BundleWriter.create(folder, head, context())) {
            // Beside the bundle, so that it goes where the test's folder goes.
            Path parts = Files.createTempDirectory(folder.toAbsolutePath().getParent(), ".parts");
            List<String> jmh = new ArrayList<>();
            for (MadeCase one : cases) {
                writer.put(one.other() == null ? measure(one, writer, parts, jmh) : result(one, one.other(), null));
            }
            Path merged = Files.writeString(parts.resolve("jmh.json"), "[" + String.join(",\n", jmh) + "]\n");
            if (whole) {
                writer.complete(merged, ended);
            } else {
                writer.stop(merged, ended);
            }
        }
        if (!rawKept) {
            try (var raw = Files.list(folder.resolve(Layout.RAW))) {
                for (Path file : raw.toList()) {
                    Files.delete(file);
                }
            }
        }
        return folder;
    }

    private CaseResult measure(MadeCase one, BundleWriter writer, Path parts, List<String> jmh) throws IOException {
        List<IterationLine> all = new ArrayList<>();
        List<List<IterationLine>> forks = new ArrayList<>();
        for (int fork = 0; fork < one.forkNs().length; fork++) {
            List<IterationLine> lines = lines(one, fork);
            forks.add(lines);
            all.addAll(lines);
            Path part = Files.writeString(parts.resolve("part.json"), "[" + entry(one, List.of(lines)) + "]\n");
            writer.fork(one.id(), fork, lines, part);
            if (one.clocks() != null) {
                writer.keep(Layout.telemetry(one.id(), fork), telemetry(parts, one.clocks()[fork]));
            }
            if (others != null) {
                String host = "{\"throttleEvents\":null,\"temperatureC\":null,\"othersCores\":"
                        + others.applyAsDouble(fork) + "}\n";
                writer.keep(Layout.host(one.id(), fork), Files.writeString(parts.resolve("host.json"), host));
            }
            if (telling != null) {
                writer.keep(Layout.telemetry(one.id(), fork), told(parts, fork));
            }
        }
        jmh.add(entry(one, forks));
        Timing timing = Timings.summarise(all, Timings.CONFIDENCE);
        List<String> reasons = new ArrayList<>();
        boolean steady = 5 * timing.unsteadyForks() <= timing.forks().size();
        boolean enough = timing.forks().size() >= 3;
        if (!steady || !enough || one.throttled() || !one.plausible()) {
            reasons.add("something is wrong");
        }
        return result(
                one,
                new Outcome.Measured(timing, correctness(one.error())),
                new Validity(steady, one.throttled() ? "yes" : "no", enough, one.plausible(), reasons));
    }

    private CaseResult result(MadeCase one, Outcome outcome, Validity validity) {
        Problem problem = one.problem();
        Question question = Question.of(
                problem, one.domain(), one.cache(), new Question.Inputs("normal", one.seed(), one.inputs()));
        return new CaseResult(
                one.id(),
                CaseKeys.of(question),
                question,
                new Subject(
                        one.kernel(),
                        "cpu",
                        outcome instanceof Outcome.Simulated ? "emulated" : null,
                        "x86-64-v4",
                        "plain",
                        "native",
                        (image == null ? sha : image).repeat(64)),
                null,
                problem.work(),
                outcome,
                validity);
    }

    /** When a fork began, in microseconds since the epoch. */
    private long start(MadeCase one, int fork) {
        long begin = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(started));
        return secondsOfAFork == 0
                ? 1_795_255_200_000_000L
                : begin + 1_000_000L * secondsOfAFork * (fork * cases.size() + cases.indexOf(one));
    }

    private List<IterationLine> lines(MadeCase one, int fork) {
        List<IterationLine> lines = new ArrayList<>();
        long start = start(one, fork);
        for (int i = 0; i < WARMUPS + ITERATIONS; i++) {
            double drift = one.unsteady() ? 1 + 0.004 * i * i : 1 + 1e-4 * (i % 2);
            double ns = Math.round(one.forkNs()[fork] * drift * 1000) / 1000.0;
            lines.add(new IterationLine(one.id(), fork, i, i < WARMUPS, ns, 1000, start + 250_000L * i));
        }
        return lines;
    }

    /** A quarter of a second an iteration at 200 W. */
    private static Path telemetry(Path parts, double mhz) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < WARMUPS + ITERATIONS; i++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"iteration\":%d,\"warmup\":%b,\"periodNs\":250000000,\"smClockMhz\":%s,\"energyMj\":50000}%n",
                    i,
                    i < WARMUPS,
                    mhz));
        }
        return Files.writeString(parts.resolve("telemetry.ndjson"), lines);
    }

    private Path told(Path parts, int fork) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < WARMUPS + ITERATIONS; i++) {
            lines.append(telling.of(fork, i, i < WARMUPS)).append('\n');
        }
        return Files.writeString(parts.resolve("telemetry.ndjson"), lines);
    }

    private static String entry(MadeCase one, List<List<IterationLine>> forks) {
        String rows = forks.stream()
                .map(lines -> lines.stream()
                        .filter(line -> !line.warmup())
                        .map(line -> Double.toString(line.nsPerOp()))
                        .collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.joining(", "));
        return """
                {"jmhVersion": "1.37", "benchmark": "made.Run.run", "mode": "avgt", "threads": 1, "forks": FORKS,
                 "warmupIterations": 4, "measurementIterations": 10, "params": {"caseId": "ID"},
                 "primaryMetric": {"score": 1.0, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": [ROWS]},
                 "secondaryMetrics": {DEVICE}}""".replace("FORKS", Integer.toString(forks.size()))
                .replace("DEVICE", one.domain().equals("device-event") ? DEVICE_TIME : "")
                .replace("ID", one.id())
                .replace("ROWS", rows);
    }

    private static Correctness correctness(double error) {
        return new Correctness(
                true, "full", 1024, 2, 0, error, error, error, error, 1, 60.0, 0, 0.1, "relFrobenius", "a bound");
    }

    private Context context() {
        return new Context(
                Format.VERSION,
                new Context.Device(
                        driver == null ? "cpu" : "gpu",
                        device,
                        "x86-64-v4",
                        uuid,
                        List.of(),
                        List.of("fp32"),
                        2,
                        1L << 25,
                        1L << 34,
                        Map.of()),
                new Context.Software(
                        jdk,
                        "Test VM",
                        List.of("-Xmx1g"),
                        "Test OS",
                        "6.1",
                        "glibc 2.36",
                        driver == null ? Map.of("oneDNN", "3.11.0") : Map.of("driver version", driver)),
                new Context.Host(device, 1, 2, 1L << 34, null, null, "none"),
                new Context.Build(sha.repeat(40), dirty, sha.repeat(64), Map.of()),
                new Context.Peaks(null, ceilings),
                new Context.Observed(0.1, 1L << 33, 1.0, 20.0),
                List.of(),
                unknown());
    }

    private Map<String, String> unknown() {
        Map<String, String> unknown = new TreeMap<>(Map.of(
                "/host/governor", "not visible",
                "/host/turbo", "not visible",
                "/peaks/declared", "none"));
        unknown.put(ceilings == null ? "/peaks/measured" : "/peaks/measured/callFloorNs", "not measured");
        if (uuid == null) {
            unknown.put("/device/uuidSha256", "it has no id");
        }
        return unknown;
    }
}
