package dev.ridgepoint.analysis.classify.heldout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Draws labelled cases of other models, batches and lengths than the development cases, labelled by the definitions of
 * phase and class and never by asking the classifier. Same seed, same cases.
 */
final class HeldoutGenerator {
    private final Random random;
    private final List<HeldoutModel> models;

    HeldoutGenerator(long seed) throws IOException {
        this.random = new Random(seed);
        this.models = HeldoutModel.all();
    }

    /** One kind of case and how many of it to draw. */
    private record Quota(int count, Supplier<HeldoutCase> draw) {}

    List<ObjectNode> generate() {
        List<Quota> quotas = List.of(
                new Quota(48, this::encodeGemm),
                new Quota(24, this::encodeAttention),
                new Quota(10, this::head),
                new Quota(34, this::promptGemm),
                new Quota(20, this::promptAttention),
                new Quota(14, this::chunkAttention),
                new Quota(52, this::stepGemm),
                new Quota(30, this::stepAttention),
                new Quota(14, this::verify),
                new Quota(8, this::mixed),
                new Quota(10, this::recurrent),
                new Quota(18, this::denoise),
                new Quota(6, this::oneShot),
                new Quota(22, this::quantize));
        Finish finish = new Finish(random);
        List<ObjectNode> cases = new ArrayList<>();
        for (Quota quota : quotas) {
            for (int i = 0; i < quota.count; i++) {
                HeldoutCase drawn = finish.apply(quota.draw.get());
                drawn.json.put("id", String.format("held-%03d", cases.size() + 1));
                cases.add(drawn.json);
            }
        }
        return cases;
    }

    private HeldoutModel model(String... classes) {
        List<HeldoutModel> fitting =
                models.stream().filter(m -> List.of(classes).contains(m.cls())).toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    private long pick(long... values) {
        return values[random.nextInt(values.length)];
    }

    private static long clamp(long value, long most) {
        return Math.min(value, most);
    }

    private static ObjectNode gemm(long m, long n, long k) {
        return JsonNodeFactory.instance.objectNode().put("M", m).put("N", n).put("K", k);
    }

    /** A layer's weight [N, K] by role. */
    private long[] weight(HeldoutModel m, String role) {
        return switch (role) {
            case "qkv" -> new long[] {m.qkvWidth(), m.hidden()};
            case "o" -> new long[] {m.hidden(), m.heads() * m.headDim()};
            case "up" -> new long[] {m.upWidth(), m.hidden()};
            case "down" -> new long[] {m.hidden(), m.ffn()};
            case "head" -> new long[] {m.vocab(), m.hidden()};
            case "eup" -> new long[] {2 * m.expertFfn(), m.hidden()};
            default -> throw new IllegalArgumentException(role);
        };
    }

    private String layer() {
        return List.of("qkv", "o", "up", "down").get(random.nextInt(4));
    }

    /** States both hints, one of them, or none; without any only context tells. */
    private String hints(ObjectNode shape, long batch, long tokens) {
        int draw = random.nextInt(20);
        if (draw == 0) {
            return "context";
        }
        if (draw != 1) {
            shape.put("batch", batch);
        }
        if (draw != 2) {
            shape.put("q_tokens", tokens);
        }
        return "hints";
    }

    private HeldoutCase encodeGemm() {
        HeldoutModel m = model("encoder", "encoder", "encoder-decoder");
        long length = m.name().startsWith("whisper")
                ? 1500
                : m.name().startsWith("vit")
                        ? 257
                        : clamp(pick(12, 24, 48, 64, 96, 160, 192, 256, 320, 384, 512, 1024, 4096), m.maxContext());
        long batch = pick(1, 1, 2, 4, 6, 12, 24, 32, 48, 128);
        String role = layer();
        long[] w = weight(m, role);
        ObjectNode shape = gemm(batch * length, w[0], w[1]);
        String identifiable = hints(shape, batch, length);
        return new HeldoutCase("gemm", shape, m, role).is("UNDERSTANDING", "ENCODE", identifiable, null);
    }

    private HeldoutCase encodeAttention() {
        HeldoutModel m = model("encoder", "encoder", "encoder-decoder");
        boolean clip = m.family().equals("clip");
        long length = m.name().startsWith("whisper")
                ? 1500
                : clip
                        ? 77
                        : m.name().startsWith("vit")
                                ? 257
                                : clamp(pick(20, 32, 48, 96, 200, 256, 320, 384, 512, 2048, 8192), m.maxContext());
        ObjectNode shape = attention(pick(1, 2, 3, 8, 24, 48), m, length, length);
        shape.put("mask", clip ? "causal" : "full");
        if (m.family().equals("modernbert") && length > 128 && random.nextBoolean()) {
            shape.put("mask", "local").put("window", 128);
        }
        return new HeldoutCase("attention", shape, m, "self")
                .is("UNDERSTANDING", "ENCODE", "shape", clip ? "causal-but-encoder" : null);
    }

    private static ObjectNode attention(long batch, HeldoutModel m, long queries, long keys) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("B", batch)
                .put("Hq", m.heads())
                .put("Hkv", m.kvHeads())
                .put("Sq", queries)
                .put("Skv", keys)
                .put("D", m.headDim());
    }

    /** One pooled token a sequence, or the vocabulary after a prompt: both look like decoding. */
    private HeldoutCase head() {
        long batch = pick(1, 4, 8, 24, 64);
        if (random.nextInt(10) < 6) {
            HeldoutModel m = model("encoder");
            boolean pooler = random.nextBoolean();
            long labels = pick(1, 2, 3, 5, 28);
            ObjectNode shape = gemm(batch, pooler ? m.hidden() : labels, m.hidden());
            shape.put("batch", batch).put("q_tokens", 1);
            return new HeldoutCase("gemm", shape, m, pooler ? "pool" : "cls")
                    .is("UNDERSTANDING", "ENCODE", "context", "single-token-head");
        }
        HeldoutModel m = model("decoder");
        ObjectNode shape =
                gemm(batch, m.vocab(), m.hidden()).put("batch", batch).put("q_tokens", 1);
        return new HeldoutCase("gemm", shape, m, "head").is("UNDERSTANDING", "PREFILL", "context", "prefill-head");
    }

    private HeldoutCase promptGemm() {
        HeldoutModel m = model("decoder");
        long length = clamp(pick(40, 90, 128, 200, 300, 512, 700, 1024, 1300, 2048, 3000, 4096, 8192), m.maxContext());
        long batch = pick(1, 1, 1, 2, 3, 8, 12);
        boolean chunk = length == 512 && batch == 1 && random.nextBoolean();
        String role = m.experts() > 0 && random.nextBoolean() ? "eup" : layer();
        ObjectNode shape = weighted(m, role, batch * length);
        String identifiable = hints(shape, batch, length);
        return new HeldoutCase("gemm", shape, m, role)
                .is(
                        "UNDERSTANDING",
                        chunk ? "CHUNKED_PREFILL" : "PREFILL",
                        identifiable,
                        chunk ? "chunked-prefill" : null);
    }

    private ObjectNode weighted(HeldoutModel m, String role, long rows) {
        long[] w = weight(m, role);
        ObjectNode shape = gemm(rows, w[0], w[1]);
        if (role.equals("eup")) {
            shape.put("experts", m.experts()).put("top_k", m.topK());
        }
        return shape;
    }

    private HeldoutCase promptAttention() {
        HeldoutModel m = model("decoder");
        long length = clamp(pick(50, 100, 256, 400, 1000, 1024, 2048, 3000, 4096, 8192, 32768), m.maxContext());
        ObjectNode shape = attention(pick(1, 1, 2, 4), m, length, length).put("mask", "causal");
        if (m.family().equals("gemma") && length > 1024) {
            shape.put("mask", "sliding").put("window", 1024);
        }
        return new HeldoutCase("attention", shape, m, "self").is("UNDERSTANDING", "PREFILL", "shape", null);
    }

    private HeldoutCase chunkAttention() {
        HeldoutModel m = model("decoder");
        long queries = pick(128, 256, 300, 512, 857, 1024);
        long keys = clamp(queries * pick(2, 3, 8, 16), Math.max(2048, m.maxContext()));
        ObjectNode shape = attention(pick(1, 1, 2), m, queries, keys).put("mask", "causal");
        return new HeldoutCase("attention", shape, m, "self")
                .is("UNDERSTANDING", "CHUNKED_PREFILL", "shape", "chunked-prefill");
    }

    private HeldoutCase stepGemm() {
        HeldoutModel m = model("decoder", "decoder", "encoder-decoder");
        long batch = pick(1, 1, 2, 3, 6, 12, 24, 40, 48, 96, 128, 200, 384);
        int draw = random.nextInt(12);
        String role = m.experts() > 0 && draw < 5 ? "eup" : draw == 11 ? "head" : layer();
        if (draw == 10 && m.cls().equals("decoder")) {
            long rank = pick(8, 32, 64);
            boolean shrink = random.nextBoolean();
            ObjectNode lora = shrink ? gemm(batch, rank, m.hidden()) : gemm(batch, m.hidden(), rank);
            String how = hints(lora, batch, 1);
            return new HeldoutCase("gemm", lora, m, "lora").is("GENERATIVE_DECODE", "DECODE", how, "lora");
        }
        ObjectNode shape = weighted(m, role, batch);
        String identifiable = hints(shape, batch, 1);
        return new HeldoutCase("gemm", shape, m, role).is("GENERATIVE_DECODE", "DECODE", identifiable, null);
    }

    private HeldoutCase stepAttention() {
        HeldoutModel m = model("decoder", "decoder", "encoder-decoder");
        if (m.cls().equals("encoder-decoder")) {
            return seq2seqStep(m);
        }
        long keys = clamp(pick(77, 300, 1000, 1500, 2048, 3500, 8192, 20000, 65536), m.maxContext());
        ObjectNode shape = attention(pick(1, 3, 8, 24, 48, 100), m, 1, keys).put("mask", "causal");
        int draw = random.nextInt(8);
        if (draw == 0) {
            shape.put("page", 256);
        } else if (draw == 1 && keys > 1024) {
            shape.put("mask", "sliding").put("window", 1024);
        } else if (draw == 2) {
            shape.put("B", 1).put("Sq", 0).put("Skv", 0);
            var segments = shape.putArray("segments");
            segments.addObject().put("count", pick(3, 5)).put("Sq", 1).put("Skv", keys);
            segments.addObject().put("count", pick(2, 7)).put("Sq", 1).put("Skv", 1 + keys / 3);
        }
        return new HeldoutCase("attention", shape, m, "self").is("GENERATIVE_DECODE", "DECODE", "shape", null);
    }

    private HeldoutCase seq2seqStep(HeldoutModel m) {
        boolean cross = random.nextBoolean();
        long source = m.name().startsWith("whisper") ? 1500 : pick(30, 128, 400, 512);
        long beams = cross && random.nextBoolean() ? pick(4, 5, 8) : 1;
        ObjectNode shape = attention(pick(1, 4, 16, 32), m, beams, cross ? source : pick(10, 64, 200))
                .put("mask", cross ? "full" : "causal");
        return new HeldoutCase("attention", shape, m, cross ? "cross" : "self")
                .is("GENERATIVE_DECODE", "DECODE", "shape", beams > 1 ? "beam-search" : null);
    }

    private HeldoutCase verify() {
        HeldoutModel m = model("decoder");
        long tokens = pick(2, 3, 4, 6, 8, 9);
        long batch = pick(1, 2, 16, 32);
        if (random.nextBoolean()) {
            ObjectNode shape =
                    attention(batch, m, tokens, pick(500, 1500, 4096)).put("mask", "causal");
            return new HeldoutCase("attention", shape, m, "self")
                    .is("GENERATIVE_DECODE", "SPEC_VERIFY", "shape", "spec-verify");
        }
        String role = layer();
        ObjectNode shape = weighted(m, role, batch * tokens);
        shape.put("batch", batch).put("q_tokens", tokens);
        return new HeldoutCase("gemm", shape, m, role).is("GENERATIVE_DECODE", "SPEC_VERIFY", "hints", "spec-verify");
    }

    private HeldoutCase mixed() {
        HeldoutModel m = model("decoder");
        long chunk = pick(256, 448, 512, 960);
        long decodes = pick(16, 40, 64);
        if (random.nextBoolean()) {
            String role = layer();
            return new HeldoutCase("gemm", weighted(m, role, chunk + decodes), m, role)
                    .is("MIXED", "MIXED_BATCH", "context", "mixed-batch");
        }
        ObjectNode shape = attention(1, m, 0, 0).put("mask", "causal");
        var segments = shape.putArray("segments");
        segments.addObject().put("count", 1).put("Sq", chunk).put("Skv", 2 * chunk);
        segments.addObject().put("count", decodes).put("Sq", 1).put("Skv", pick(900, 1800));
        return new HeldoutCase("attention", shape, m, "self").is("MIXED", "MIXED_BATCH", "shape", "mixed-batch");
    }

    private HeldoutCase recurrent() {
        HeldoutModel m = model("rnn", "rnn", "rnn-seq2seq");
        long gates = m.name().contains("gru") ? 3 : 4;
        long batch = pick(1, 2, 16, 32);
        boolean step = random.nextInt(3) > 0;
        long steps = step ? 1 : clamp(pick(20, 60, 100), m.maxContext());
        ObjectNode shape = gemm(batch * steps, gates * m.hidden(), m.hidden());
        shape.put("batch", batch).put("q_tokens", steps);
        String stepClass = m.cls().equals("rnn") ? "UNDERSTANDING" : "GENERATIVE_DECODE";
        return new HeldoutCase("gemm", shape, m, step ? "rec" : "inp")
                .is(
                        step ? stepClass : "UNDERSTANDING",
                        step ? "RECURRENT_STEP" : "ENCODE",
                        step ? "context" : "hints",
                        step ? "rnn-decode-like" : null);
    }

    private HeldoutCase denoise() {
        HeldoutModel m = model("diffusion-unet", "diffusion-transformer");
        boolean unet = m.cls().equals("diffusion-unet");
        int level = unet ? random.nextInt(m.name().startsWith("sdxl") ? 2 : 4) : 0;
        long scale = unet ? Math.min(4, 1L << level) : 1;
        long tokens = unet ? m.maxContext() >> (2 * level) : pick(256, m.maxContext());
        long width = m.hidden() * scale;
        HeldoutModel at = new HeldoutModel(
                m.name(),
                m.cls(),
                m.family(),
                m.inCatalogue(),
                width,
                m.heads() * scale,
                m.heads() * scale,
                m.headDim(),
                4 * width,
                m.gated(),
                0,
                tokens,
                0,
                0,
                0);
        long batch = pick(2, 2, 2, 8);
        int draw = random.nextInt(3);
        if (draw == 0) {
            return new HeldoutCase(
                            "attention", attention(batch, at, tokens, tokens).put("mask", "full"), m, "self")
                    .is("GENERATIVE_PARALLEL", "DENOISE", "context", "diffusion");
        }
        if (draw == 1 && !m.name().startsWith("dit")) {
            long text = unet ? 77 : 120;
            return new HeldoutCase(
                            "attention", attention(batch, at, tokens, text).put("mask", "full"), m, "cross")
                    .is("GENERATIVE_PARALLEL", "DENOISE", "shape", "diffusion-cross");
        }
        String role = layer();
        ObjectNode shape =
                weighted(at, role, batch * tokens).put("batch", batch).put("q_tokens", tokens);
        return new HeldoutCase("gemm", shape, m, role).is("GENERATIVE_PARALLEL", "DENOISE", "context", "diffusion");
    }

    private HeldoutCase oneShot() {
        if (random.nextBoolean()) {
            HeldoutModel m = model("vae");
            long side = pick(48, 64, 96, 128);
            return new HeldoutCase(
                            "attention",
                            attention(pick(1, 4), m, side * side, side * side).put("mask", "full"),
                            m,
                            "self")
                    .is("GENERATIVE_PARALLEL", "ONE_SHOT", "shape", "vae");
        }
        HeldoutModel m = model("gan");
        if (random.nextBoolean()) {
            long batch = pick(1, 16, 32);
            ObjectNode shape =
                    gemm(batch, m.hidden(), m.hidden()).put("batch", batch).put("q_tokens", 1);
            return new HeldoutCase("gemm", shape, m, "fc").is("GENERATIVE_PARALLEL", "ONE_SHOT", "context", "gan");
        }
        long channels = pick(128, 256);
        return new HeldoutCase("gemm", gemm(32 * 1024, channels, 2 * channels * 16), m, "conv")
                .is("GENERATIVE_PARALLEL", "ONE_SHOT", "context", "gan");
    }

    private HeldoutCase quantize() {
        int draw = random.nextInt(6);
        if (draw < 2) {
            HeldoutModel m = model("decoder", "encoder");
            long[] w = weight(m, layer());
            boolean back = random.nextBoolean();
            String code = random.nextBoolean() ? "int4" : "int8";
            ObjectNode shape = matrix(w[0], w[1], code.equals("int4") ? 128 : pick(32, 128, -1));
            shape.put("src", back ? code : "bf16").put("dst", back ? "bf16" : code);
            return new HeldoutCase(back ? "dequantize" : "quantize", shape, m, null)
                    .family("NEUTRAL")
                    .is("INDETERMINATE", "OFFLINE", "context", "offline");
        }
        if (draw == 2) {
            HeldoutModel m = model("decoder");
            ObjectNode shape = matrix(pick(4, 16, 48) * m.kvHeads(), m.headDim(), m.headDim());
            shape.put("src", "bf16").put("dst", "fp8");
            return new HeldoutCase("quantize", shape, m, null)
                    .is("GENERATIVE_DECODE", "DECODE", "context", "kv-append");
        }
        return activations(draw);
    }

    private HeldoutCase activations(int draw) {
        if (draw == 3) {
            HeldoutModel m = model("decoder");
            long rows = pick(1, 1, 8, 32);
            ObjectNode shape =
                    matrix(rows, m.hidden(), m.hidden()).put("src", "bf16").put("dst", "int8");
            return new HeldoutCase("quantize", shape, m, null)
                    .is("GENERATIVE_DECODE", "DECODE", rows == 1 ? "shape" : "context", null);
        }
        HeldoutModel m = model(draw == 4 ? "encoder" : "decoder");
        long rows = pick(2, 8, 16) * clamp(pick(300, 512, 1024), m.maxContext());
        ObjectNode shape = matrix(rows, m.hidden(), pick(m.hidden(), m.hidden(), -1));
        shape.put("src", "fp16").put("dst", random.nextBoolean() ? "int8" : "fp8");
        return new HeldoutCase("quantize", shape, m, null)
                .is("UNDERSTANDING", draw == 4 ? "ENCODE" : "PREFILL", "context", null);
    }

    private static ObjectNode matrix(long rows, long cols, long group) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("rows", rows)
                .put("cols", cols)
                .put("group", group);
    }
}
