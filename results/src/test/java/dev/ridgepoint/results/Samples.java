package dev.ridgepoint.results;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.kernels.workload.TaskFamily;
import dev.ridgepoint.results.RunDocument.Plan;
import dev.ridgepoint.results.RunDocument.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small run with one case of each outcome; every figure is made up and consistent. */
public final class Samples {
    /** How often: forks, and warm-up and measured iterations of each. */
    public record Rounds(int forks, int warmups, int iterations) {
        public Protocol protocol() {
            return Protocol.of("sample/1", "avgt", forks, warmups, 500, iterations, 500, 1, true);
        }
    }

    public static final Rounds QUICK = new Rounds(3, 2, 4);
    public static final String STARTED = "2026-11-21T10:00:00Z";
    public static final String ENDED = "2026-11-21T10:05:00Z";

    private static final String LIBRARY = "1f".repeat(32);

    private Samples() {}

    public static RunDocument run(List<String> ids) {
        return run("3f0c6a52-6d0b-4c0e-9a57-0d6f6a6f7b11", Plan.of(ids, ids.size(), 1, 1), QUICK);
    }

    public static RunDocument run(String runId, Plan plan, Rounds rounds) {
        return RunDocument.starting(
                runId, null, STARTED, List.of("run", "--suite", "quick"), "quick", plan, rounds.protocol());
    }

    public static List<CaseResult> cases() {
        return List.of(measured(), simulated(), incorrect(), skipped(), failed());
    }

    public static List<String> ids() {
        return cases().stream().map(CaseResult::id).toList();
    }

    /** BERT's query, key and value projection: valid, with a headline. */
    public static CaseResult measured() {
        Problem problem = new GemmProblem(GemmShape.of(128, 2304, 768), Precision.BF16);
        String id = "bert-base/qkv/encode_b1_l128_bf16@cpu-call/warm";
        return measured(id, problem, 1.25e6, provenance(), QUICK);
    }

    /** A measured case around {@code ns} a call. */
    public static CaseResult measured(String id, Problem problem, double ns, Provenance provenance, Rounds rounds) {
        List<Timing.Fork> forks = new ArrayList<>();
        double logs = 0;
        double best = Double.MAX_VALUE;
        for (int fork = 0; fork < rounds.forks(); fork++) {
            // The second fork becomes steady one iteration late, so that its mean leaves one out.
            int steadyFrom = rounds.warmups() + (fork == 1 ? 1 : 0);
            double sum = 0;
            for (IterationLine line : lines(id, fork, ns, rounds)) {
                sum += line.iteration() >= steadyFrom ? line.nsPerOp() : 0;
                best = line.warmup() ? best : Math.min(best, line.nsPerOp());
            }
            int iterations = rounds.iterations();
            double mean = sum / (rounds.warmups() + iterations - steadyFrom);
            forks.add(new Timing.Fork(fork, mean, rounds.warmups(), iterations, steadyFrom));
            logs += StrictMath.log(mean);
        }
        double steady = StrictMath.exp(logs / rounds.forks());
        Timing timing = new Timing(
                steady,
                steady * 0.97,
                steady * 1.03,
                0.95,
                0.0125,
                0.05,
                best,
                forks,
                Map.of(),
                rounds.forks() * rounds.iterations());
        Validity validity = new Validity(true, "unknown", true, true, List.of());
        return new CaseResult(
                id,
                CaseKeys.of(question(problem)),
                question(problem),
                subject("gemm/cpu_bf16_onednn"),
                provenance,
                problem.work(),
                new Outcome.Measured(timing, passed()),
                validity);
    }

    /** The emulated driver ran a decode step. */
    static CaseResult simulated() {
        Problem problem =
                new AttentionProblem(AttentionShape.of(16, 32, 8, 1, 8192, 128, Mask.CAUSAL), Precision.BF16_KV_FP8);
        return unmeasured(
                "llama-3-8b/self/decode_b16_kv8192_bf16_kv_fp8_e4m3@device-event/cold",
                problem,
                new Subject("attention/sm90_bf16_split", "jni", "emulated", "sm_90a", "PTX", "native", LIBRARY),
                new Outcome.Simulated(Map.of("instructions", 123456789L, "globalLoads", 4096L), passed()));
    }

    /** The gate said no: NaN where the oracle has none, and infinite errors with it. */
    static CaseResult incorrect() {
        Problem problem = QuantizeProblem.of(Direction.QUANTIZE, 4096, 4096, DType.BF16, QuantFormat.FP8_E4M3_TOKEN);
        Correctness wrong = new Correctness(
                false,
                "bit-exact",
                16_777_216,
                2,
                0,
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                null,
                17,
                0,
                "bits",
                "the format's rounding rule");
        return unmeasured(
                "llama-3-8b/act/quantize_fp8_e4m3_token@cpu-call/cold",
                problem,
                subject("quantize/cpu_fp8_e4m3_token_native"),
                new Outcome.Incorrect("codes: 17 outputs are NaN, first at [0, 3]", wrong));
    }

    static CaseResult skipped() {
        Problem problem = new GemmProblem(GemmShape.grouped(64, 14336, 4096, 8, 2), Precision.W4A16_G128);
        return unmeasured(
                "mixtral-8x7b/up/decode_b64_w4a16_g128@cpu-call/warm",
                problem,
                subject("gemm/cpu_w4a16_onednn"),
                new Outcome.Skipped("oneDNN would run ref:any"));
    }

    static CaseResult failed() {
        Problem problem = new GemmProblem(GemmShape.of(4096, 4096, 4096), Precision.FP32);
        return unmeasured(
                "square/4096_fp32@cpu-call/warm",
                problem,
                subject("gemm/cpu_fp32_onednn"),
                new Outcome.Failed("fork 0 ended with exit code 134"));
    }

    private static CaseResult unmeasured(String id, Problem problem, Subject subject, Outcome outcome) {
        return new CaseResult(
                id, CaseKeys.of(question(problem)), question(problem), subject, null, problem.work(), outcome, null);
    }

    static Question question(Problem problem) {
        return Question.of(problem, "cpu-call", "warm", new Question.Inputs("normal", 42, "5a".repeat(32)));
    }

    private static Subject subject(String kernel) {
        return new Subject(kernel, "cpu", null, "x86-64-v4", "brgemm:avx512_core_amx", "native", LIBRARY);
    }

    public static Provenance provenance() {
        return new Provenance(
                "bert-base-uncased",
                "encoder",
                "qkv",
                Phase.ENCODE,
                TaskFamily.UNDERSTANDING,
                1L,
                128L,
                "the model's config.json");
    }

    private static Correctness passed() {
        return new Correctness(
                true,
                "full",
                294_912,
                2,
                0,
                0.0078125,
                0.00390625,
                0.00048828125,
                0.0011,
                0.9999994,
                59.2,
                0,
                0.0221,
                "relFrobenius",
                "K=768 roundings of bf16, after Higham");
    }

    /** A fork's iterations around {@code ns}: warm-up falls, then a small seeded wave. */
    public static List<IterationLine> lines(String caseId, int fork, double ns, Rounds rounds) {
        List<IterationLine> lines = new ArrayList<>();
        for (int i = 0; i < rounds.warmups() + rounds.iterations(); i++) {
            boolean warmup = i < rounds.warmups();
            double wave = 1 + 0.01 * StrictMath.sin(7 * fork + 3 * i) + (warmup ? 0.2 / (i + 1) : 0);
            double value = Math.round(ns * wave * 1000) / 1000.0;
            lines.add(new IterationLine(caseId, fork, i, warmup, value, 400, 1_795_255_200_000_000L + 500_000L * i));
        }
        return lines;
    }

    /** What JMH would have written of these forks: an entry of {@code jmh.json}. */
    public static String jmhEntry(String caseId, List<List<IterationLine>> forks) {
        StringBuilder raw = new StringBuilder();
        for (List<IterationLine> fork : forks) {
            StringBuilder values = new StringBuilder();
            fork.stream()
                    .filter(line -> !line.warmup())
                    .forEach(line -> values.append(values.isEmpty() ? "" : ", ").append(line.nsPerOp()));
            raw.append(raw.isEmpty() ? "" : ",\n").append("[").append(values).append("]");
        }
        return """
                {"jmhVersion": "1.37", "benchmark": "dev.ridgepoint.benchmarks.CpuCall.run", "mode": "avgt",
                 "threads": 1, "forks": FORKS,
                 "params": {"caseId": "CASE"},
                 "primaryMetric": {"score": 1.0, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": [ROWS]},
                 "secondaryMetrics": {}}""".replace("FORKS", Integer.toString(forks.size()))
                .replace("CASE", caseId)
                .replace("ROWS", raw);
    }

    public static Context context() {
        return new Context(
                Format.VERSION,
                new Context.Device(
                        "cpu",
                        "Intel Xeon Platinum 8481C",
                        "x86-64-v4",
                        "ab".repeat(32),
                        List.of("avx512_vnni", "amx_bf16", "amx_int8"),
                        List.of("fp32", "bf16", "int8"),
                        2,
                        110_100_480L,
                        25_769_803_776L,
                        Map.of()),
                new Context.Software(
                        "17.0.17 Debian",
                        "OpenJDK 64-Bit Server VM 17.0.17",
                        List.of("-Xmx2g"),
                        "Debian GNU/Linux 12",
                        "6.1.0",
                        "glibc 2.36",
                        Map.of("oneDNN", "3.11.0", "oneDNN isa", "avx10_1_512_amx", "threads", "1")),
                new Context.Host("Intel Xeon Platinum 8481C", 1, 2, 25_769_803_776L, null, null, "kvm"),
                new Context.Build("88c199d0".repeat(5), false, "cd".repeat(32), Map.of("libridgepoint.so", LIBRARY)),
                new Context.Peaks(
                        null,
                        new Context.Measured(
                                Map.of("fp32", 131.5, "bf16", 1030.0),
                                12.1,
                                10.4,
                                11.0,
                                812.5,
                                1,
                                "1024^3 products and a 1 GiB array, best of 5")),
                new Context.Observed(0.25, 20_000_000_000L, 1.0, 24.5),
                List.of(
                        new Context.DoctorFinding("ok", "2 cores, load 0.25", null),
                        new Context.DoctorFinding(
                                "warning", "the machine is virtual", "expect wider intervals; use more forks")),
                Map.of(
                        "/host/governor", "no cpufreq in a virtual machine",
                        "/host/turbo", "no cpufreq in a virtual machine",
                        "/peaks/declared", "a CPU's peaks are measured",
                        "/doctor/0/fix", "nothing is wrong"));
    }
}
