package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.roofline.Reading;
import dev.ridgepoint.analysis.roofline.Roofline;
import dev.ridgepoint.analysis.stats.Timings;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.results.CaseKeys;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Correctness;
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
import dev.ridgepoint.results.bundle.LazyBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * A run that never happened, as a bundle: real shapes, seeded times that obey a made-up CPU's roofline, and every
 * outcome and fault a report must show. Each figure is made up and consistent with the others.
 */
final class SyntheticRun {
    static final int WARMUPS = 4;
    static final int ITERATIONS = 10;
    private static final String INPUTS = "1f".repeat(32);

    private final int forks;
    private String build = "1f".repeat(32);
    private Context context = SyntheticContext.context();
    private Random random = new Random(20261121);
    private String runId = "3f0c6a52-6d0b-4c0e-9a57-0d6f6a6f7b11";
    private String day = "2026-11-21";
    /** What the time of the n-th measured case is multiplied by. */
    private IntToDoubleFunction change = place -> 1;

    private String domain;
    /** Nanoseconds a call where the roofline does not say. */
    private ToDoubleFunction<SyntheticCase> times = this::steadyTime;

    private boolean gpu;
    private boolean emulated;
    private int measured;

    SyntheticRun(int forks) {
        this.forks = forks;
    }

    /** A later build on the same machine: every seventh case takes 12 % longer, every eleventh 9 % less. */
    SyntheticRun laterBuild() {
        build = "2e".repeat(32);
        context = SyntheticContext.of("2e".repeat(20), build);
        return later(22, place -> place % 7 == 3 ? 1.12 : place % 11 == 5 ? 0.91 : 1);
    }

    /** Another run of the month, in which the n-th measured case takes so many times as long. */
    SyntheticRun later(int dayOfMonth, IntToDoubleFunction times) {
        runId = String.format(Locale.ROOT, "8d1e2b77-0c3a-4f5e-8b21-0000000000%02d", dayOfMonth);
        day = String.format(Locale.ROOT, "2026-11-%02d", dayOfMonth);
        random = new Random(20261100 + dayOfMonth);
        change = times;
        return this;
    }

    /** The same cases on a made-up GPU, with telemetry; not a figure of it is one of a device. */
    SyntheticRun onGpu() {
        gpu = true;
        context = SyntheticContext.gpu();
        return this;
    }

    /** The same cases on the emulated driver: counted, and never timed. */
    SyntheticRun emulated() {
        gpu = true;
        emulated = true;
        context = SyntheticContext.emulated();
        return this;
    }

    /** On that device, timed in that domain, with those times a call. */
    SyntheticRun on(Context device, String timed, ToDoubleFunction<SyntheticCase> ns) {
        gpu = !device.device().kind().equals("cpu");
        emulated = device.device().emulated();
        context = device;
        domain = timed;
        times = ns;
        return this;
    }

    /** Writes the bundle of these cases, complete or stopped half way. */
    Path write(Path folder, List<SyntheticCase> asked, boolean complete) throws IOException {
        List<SyntheticCase> cases =
                gpu ? asked.stream().map(SyntheticCase::onGpu).toList() : asked;
        List<String> ids = cases.stream().map(SyntheticCase::id).toList();
        RunDocument head = RunDocument.starting(
                runId,
                null,
                day + "T10:00:00Z",
                List.of("run", "--suite", "quick"),
                "quick",
                Plan.of(ids, ids.size(), 1, 1),
                Protocol.of("quick/1", "avgt", forks, WARMUPS, 250, ITERATIONS, 250, 1, true));
        try (BundleWriter writer = LazyBundles.create(folder, head, context)) {
            // Beside the bundle, so that it goes where the test's folder goes.
            Path parts = Files.createTempDirectory(folder.toAbsolutePath().getParent(), ".parts");
            List<SyntheticCase> planned = complete ? cases : cases.subList(0, cases.size() / 2);
            StringBuilder jmh = new StringBuilder();
            for (SyntheticCase one : planned) {
                writer.put(one.measured() && !emulated ? measure(one, writer, parts, jmh) : unmeasured(one));
            }
            Path merged = Files.writeString(parts.resolve("jmh.json"), "[" + jmh + "]\n");
            if (complete) {
                writer.complete(merged, day + "T10:05:00Z");
            } else {
                writer.stop(merged, day + "T10:02:30Z");
            }
        }
        return folder;
    }

    private CaseResult measure(SyntheticCase one, BundleWriter writer, Path parts, StringBuilder jmh)
            throws IOException {
        List<IterationLine> all = new ArrayList<>();
        List<List<IterationLine>> byFork = new ArrayList<>();
        double steady = times.applyAsDouble(one) * change.applyAsDouble(measured++);
        for (int fork = 0; fork < forks; fork++) {
            double mean = steady * Math.exp(one.spread() * random.nextGaussian());
            List<IterationLine> lines = lines(one, fork, mean);
            Path part = Files.writeString(parts.resolve("part.json"), "[" + jmhEntry(one.id(), List.of(lines)) + "]\n");
            writer.fork(one.id(), fork, lines, part);
            if (gpu) {
                writer.keep(
                        Layout.telemetry(one.id(), fork),
                        SyntheticTelemetry.write(parts.resolve("telemetry.ndjson"), one.course(), fork, lines));
            }
            byFork.add(lines);
            all.addAll(lines);
        }
        jmh.append(jmh.isEmpty() ? "" : ",\n").append(jmhEntry(one.id(), byFork));
        Timing timing = Timings.summarise(all, Timings.CONFIDENCE);
        Question question = question(one);
        Roofline roofline = Roofline.of(context, question.types().compute());
        Reading reading = roofline.read(one.problem().work(), timing.steadyNs(), question.cacheState());
        return new CaseResult(
                one.id(),
                CaseKeys.of(question),
                question,
                subject(one),
                one.provenance(),
                one.problem().work(),
                new Outcome.Measured(timing, correctness(one)),
                validity(timing, reading, one.course()));
    }

    private Validity validity(Timing timing, Reading reading, SyntheticCase.Course course) {
        List<String> reasons = new ArrayList<>(reading.implausible());
        boolean steady = timing.unsteadyForks() <= 0.2 * timing.forks().size();
        if (!steady) {
            reasons.add(timing.unsteadyForks() + " of " + timing.forks().size() + " forks never became steady");
        }
        boolean enough = timing.forks().size() >= 3;
        if (!enough) {
            reasons.add("fewer than 3 forks");
        }
        boolean throttled = gpu && course == SyntheticCase.Course.THROTTLED;
        if (throttled) {
            reasons.add("the clocks were held back by heat, or by what feeds the device");
        }
        return new Validity(steady, !gpu ? "unknown" : throttled ? "yes" : "no", enough, reading.plausible(), reasons);
    }

    private CaseResult unmeasured(SyntheticCase one) {
        Question question = question(one);
        return new CaseResult(
                one.id(),
                CaseKeys.of(question),
                question,
                subject(one),
                one.provenance(),
                one.problem().work(),
                one.measured() ? counted(one) : one.outcome(),
                null);
    }

    private Outcome counted(SyntheticCase one) {
        long instructions = Math.round(one.problem().work().flops() / 64);
        return new Outcome.Simulated(
                Map.of(
                        "ptx.warpInstructions",
                        instructions,
                        "ptx.globalLoads.sectors",
                        instructions / 4,
                        "ptx.globalLoads.uniqueSectors",
                        instructions / 8,
                        "ptx.named.uniqueBytes",
                        instructions * 3),
                correctness(one));
    }

    private Question question(SyntheticCase one) {
        return Question.of(
                one.problem(),
                domain != null ? domain : gpu ? "host-sync" : "cpu-call",
                one.cacheState(),
                new Question.Inputs("normal", 42, INPUTS));
    }

    private Subject subject(SyntheticCase one) {
        boolean upconverted = one.problem().precisionId().startsWith("fp16");
        String support =
                one.outcome() instanceof Outcome.Skipped ? "unsupported" : upconverted ? "upconverted" : "native";
        if (gpu) {
            return new Subject(
                    one.kernel(), "jcuda", emulated ? "emulated" : "system", "sm_90", "made up", support, build);
        }
        return new Subject(
                one.kernel(),
                "cpu",
                null,
                "x86-64-v4",
                one.kernel().contains("onednn") ? "brgemm:avx512_core_amx" : "ridgepoint avx512",
                support,
                build);
    }

    /** The roofline's time plus the call, at the case's efficiency. */
    private double steadyTime(SyntheticCase one) {
        Problem problem = one.problem();
        Roofline roofline = Roofline.of(context, problem.compute().id());
        double bandwidth = roofline.staysInCache(problem.work(), one.cacheState())
                ? 4 * roofline.measured().gigabytesPerSecond()
                : roofline.measured().gigabytesPerSecond();
        double ns = Math.max(
                problem.work().flops() / roofline.measured().gflops(),
                problem.work().bytes() / bandwidth);
        return roofline.callFloorNs() + ns / one.efficiency();
    }

    private List<IterationLine> lines(SyntheticCase one, int fork, double mean) {
        List<IterationLine> lines = new ArrayList<>();
        for (int i = 0; i < WARMUPS + ITERATIONS; i++) {
            double shape = one.course().factor(i, fork);
            double noise = Math.exp(one.spread() / 3 * random.nextGaussian());
            double ns = Math.round(mean * shape * noise * 1000) / 1000.0;
            long ops = Math.max(1, (long) (250e6 / ns));
            lines.add(
                    new IterationLine(one.id(), fork, i, i < WARMUPS, ns, ops, 1_795_255_200_000_000L + 250_000L * i));
        }
        return lines;
    }

    private Correctness correctness(SyntheticCase one) {
        boolean exact = one.problem().op().endsWith("quantize");
        double error = exact ? 0 : 2e-4 * Math.exp(0.4 * random.nextGaussian());
        return new Correctness(
                true,
                exact ? "bit-exact" : "full",
                1_048_576,
                2,
                0,
                4 * error,
                3 * error,
                error,
                error,
                1 - error * error / 2,
                exact ? null : -20 * Math.log10(error),
                0,
                exact ? 0 : 2e-2,
                exact ? "bits" : "relFrobenius",
                exact ? "the format's rounding rule" : "roundings of K products, after Higham");
    }

    private String jmhEntry(String caseId, List<List<IterationLine>> forks) {
        List<String> raw = new ArrayList<>();
        for (List<IterationLine> fork : forks) {
            raw.add("["
                    + String.join(
                            ", ",
                            fork.stream()
                                    .filter(line -> !line.warmup())
                                    .map(line -> Double.toString(line.nsPerOp()))
                                    .toList())
                    + "]");
        }
        return String.format(
                Locale.ROOT,
                """
                {"jmhVersion": "1.37", "benchmark": "dev.ridgepoint.benchmarks.CpuCall.run", "mode": "avgt",
                 "threads": 1, "forks": %d, "warmupIterations": %d, "measurementIterations": %d,
                 "params": {"caseId": %s},
                 "primaryMetric": {"score": 1.0, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": [%s]},
                 "secondaryMetrics": {%s}}""",
                forks.size(),
                WARMUPS,
                ITERATIONS,
                com.fasterxml.jackson.databind.node.TextNode.valueOf(caseId),
                String.join(", ", raw),
                onDevicesClock() ? deviceTime(raw) : "");
    }

    private boolean onDevicesClock() {
        return "device-event".equals(domain);
    }

    private static String deviceTime(List<String> raw) {
        return "\"deviceTimeNs\": {\"score\": 1.0, \"scoreError\": \"NaN\", \"scoreUnit\": \"ns/op\", \"rawData\": ["
                + String.join(", ", raw) + "]}";
    }
}
