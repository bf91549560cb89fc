package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.report.SyntheticCase.Course;
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
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The cases of synthetic runs: shapes of real models in every class, operation and kind of trouble. */
final class SyntheticCases {
    private static final List<Precision> PRODUCTS = List.of(
            Precision.FP32, Precision.BF16, Precision.FP16, Precision.INT8, Precision.W8A16, Precision.W4A16_G128);

    private final List<SyntheticCase> cases = new ArrayList<>();
    private final Random random = new Random(7);

    private SyntheticCases() {}

    /** About a hundred cases with one of everything. */
    static List<SyntheticCase> quick() {
        SyntheticCases made = new SyntheticCases();
        made.products();
        made.attention();
        made.conversions();
        made.troubles();
        return List.copyOf(made.cases);
    }

    /** The same with the vendor's kernel beside ours for products in bf16. */
    static List<SyntheticCase> besideVendor() {
        return quick().stream()
                .flatMap(one -> one.measured()
                                && one.problem() instanceof GemmProblem gemm
                                && gemm.precision() == Precision.BF16
                        ? Stream.of(one.byVendor(0.6), one)
                        : Stream.of(one))
                .toList();
    }

    /** As many cases as asked for, batch after batch. */
    static List<SyntheticCase> many(int count) {
        SyntheticCases made = new SyntheticCases();
        for (int batch = 1; made.cases.size() < count; batch++) {
            for (Precision precision : PRODUCTS) {
                for (int width : new int[] {768, 1024, 4096}) {
                    made.product("synthetic-" + width, "up", Phase.DECODE, batch, 1, 4L * width, width, precision);
                    made.product("synthetic-" + width, "o", Phase.PREFILL, 1, batch, width, width, precision);
                }
            }
        }
        return List.copyOf(made.cases.subList(0, count));
    }

    private void products() {
        for (Precision precision : PRODUCTS) {
            product("bert-base-uncased", "qkv", Phase.ENCODE, 8, 128, 2304, 768, precision);
            product("bert-base-uncased", "up", Phase.ENCODE, 1, 128, 3072, 768, precision);
            product("llama-3-8b", "up", Phase.DECODE, 1, 1, 28672, 4096, precision);
            product("llama-3-8b", "up", Phase.DECODE, 16, 1, 28672, 4096, precision);
            product("llama-3-8b", "qkv", Phase.PREFILL, 1, 512, 6144, 4096, precision);
            product("whisper-small", "up", Phase.ENCODE, 1, 1500, 3072, 768, precision);
        }
        for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
            product("stable-diffusion-1.5", "o", Phase.DENOISE, 2, 4096, 320, 320, precision);
            product("lstm-lm", "gates", Phase.RECURRENT_STEP, 4, 1, 2048, 512, precision);
            product("llama-3-8b", "mixed", Phase.MIXED_BATCH, 1, 300, 4096, 4096, precision);
            product("vae-mlp", "up", Phase.ONE_SHOT, 64, 1, 512, 784, precision);
        }
    }

    private void attention() {
        for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
            attention(
                    "bert-base-uncased",
                    "self",
                    Phase.ENCODE,
                    AttentionShape.of(8, 12, 12, 128, 128, 64, Mask.FULL),
                    precision);
            attention(
                    "llama-3-8b",
                    "self",
                    Phase.PREFILL,
                    AttentionShape.of(1, 32, 8, 1024, 1024, 128, Mask.CAUSAL),
                    precision);
            attention(
                    "llama-3-8b",
                    "self",
                    Phase.DECODE,
                    AttentionShape.of(8, 32, 8, 1, 4096, 128, Mask.CAUSAL),
                    precision);
            attention(
                    "llama-3-8b",
                    "self",
                    Phase.SPEC_VERIFY,
                    AttentionShape.of(8, 32, 8, 5, 4096, 128, Mask.TREE),
                    precision);
        }
        for (Precision precision : List.of(Precision.BF16_KV_FP8, Precision.BF16_KV_INT8)) {
            attention(
                    "llama-3-8b",
                    "self",
                    Phase.DECODE,
                    AttentionShape.of(8, 32, 8, 1, 4096, 128, Mask.CAUSAL),
                    precision);
        }
    }

    private void conversions() {
        for (QuantFormat format : List.of(
                QuantFormat.INT8_TOKEN,
                QuantFormat.FP8_E4M3_TOKEN,
                QuantFormat.INT4_G128_AWQ,
                QuantFormat.Q4_0,
                QuantFormat.Q8_0,
                QuantFormat.MXFP4,
                QuantFormat.NVFP4)) {
            for (Direction direction : Direction.values()) {
                Problem problem = QuantizeProblem.of(direction, 4096, 4096, DType.BF16, format);
                add(
                        "llama-3-8b/weights/" + problem.op() + "_" + format.id(),
                        problem,
                        "cold",
                        from("llama-3-8b", "decoder", "weights", Phase.OFFLINE, TaskFamily.NEUTRAL, 1, 4096));
            }
        }
    }

    private void troubles() {
        trouble(3, Course.LATE);
        trouble(9, Course.DRIFTING);
        trouble(14, Course.THROTTLED);
        trouble(20, Course.SLOW_START);
        cases.set(5, cases.get(5).reaching(1.8));
        ending(11, new Outcome.Skipped("oneDNN would run ref:any, which is never timed"));
        ending(17, new Outcome.Skipped("oneDNN would run ref:any, which is never timed"));
        ending(23, new Outcome.Skipped("needs 31 GiB, 22 GiB are free"));
        ending(29, new Outcome.Failed("fork 2 ended with exit code 134"));
        ending(30, new Outcome.Incorrect("C[3, 0]: expected 1.25, got NaN", wrong()));
        SyntheticCase hostile = cases.get(31);
        cases.add(new SyntheticCase(
                "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">&amp;\u202e",
                hostile.problem(),
                "gemm/\"><b>bold</b>",
                "warm",
                null,
                0.5,
                0.01,
                Course.FLAT,
                null));
    }

    private void trouble(int index, Course course) {
        cases.set(index, cases.get(index).with(course));
    }

    private void ending(int index, Outcome outcome) {
        cases.set(index, cases.get(index).ending(outcome));
    }

    private static Correctness wrong() {
        return new Correctness(
                false,
                "full",
                4096,
                2,
                0,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                null,
                17,
                2e-2,
                "relFrobenius",
                "roundings of K products, after Higham");
    }

    private void product(
            String model, String role, Phase phase, long batch, long length, long n, long k, Precision precision) {
        Problem problem = new GemmProblem(GemmShape.of(batch * length, n, k), precision);
        String id = model + "/" + role + "/" + phase.name().toLowerCase(java.util.Locale.ROOT) + "_b" + batch + "_l"
                + length + "_" + precision.id();
        add(id, problem, "warm", from(model, "decoder", role, phase, family(phase), batch, length));
    }

    private void attention(String model, String role, Phase phase, AttentionShape shape, Precision precision) {
        String id = model + "/" + role + "/" + phase.name().toLowerCase(java.util.Locale.ROOT) + "_b" + shape.batch()
                + "_kv" + shape.seqLenKv() + "_" + precision.id();
        add(
                id,
                new AttentionProblem(shape, precision),
                "warm",
                from(model, "decoder", role, phase, family(phase), shape.batch(), shape.seqLenKv()));
    }

    private void add(String id, Problem problem, String cacheState, Provenance provenance) {
        String kernel = problem.op() + "/cpu_" + problem.precisionId()
                + (problem.op().endsWith("quantize") ? "_native" : "_onednn");
        cases.add(new SyntheticCase(
                id + ":cpu-call:" + cacheState,
                problem,
                kernel,
                cacheState,
                provenance,
                0.35 + 0.55 * random.nextDouble(),
                0.004 + 0.02 * random.nextDouble(),
                Course.FLAT,
                null));
    }

    private static TaskFamily family(Phase phase) {
        return switch (phase) {
            case ENCODE -> TaskFamily.UNDERSTANDING;
            case DENOISE, ONE_SHOT -> TaskFamily.GENERATIVE_MEDIA;
            default -> TaskFamily.GENERATIVE_TEXT;
        };
    }

    private static Provenance from(
            String model, String modelCls, String role, Phase phase, TaskFamily family, long batch, long length) {
        return new Provenance(model, modelCls, role, phase, family, batch, length, "the model's config.json");
    }
}
