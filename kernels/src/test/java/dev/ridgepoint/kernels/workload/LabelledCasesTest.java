package dev.ridgepoint.kernels.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.kernels.workload.model.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalogue makes the shape of every labelled case from nothing but its model, layer, phase, batch and lengths. The
 * cases were written by others from published configurations, so this is how we know that head widths, key/value heads,
 * gated layers, experts, latent attention and vocabularies are right.
 */
class LabelledCasesTest {
    private static final Catalogue CATALOGUE = Catalogue.load();

    /** The cases name one adapter layer; ours has two ranks and both directions. */
    private static final Map<String, String> ROLES = Map.of("lora", "lora_r16_shrink");

    /** Rows that say less than a pass needs; what is missing is in their rationale. */
    private static final Map<String, String> SAID_IN_WORDS = Map.of("dev-103", "mixed_1x448x448_64x1x1024");

    /** Quantise rows carry no role; which of our layers each is about is in its rationale. */
    private static final Map<String, String> QUANTISED = Map.of(
            "dev-030", "bert-base-uncased/quant_in/encode_b32_s128_fp16_int8_token",
            "dev-031", "all-MiniLM-L6-v2/quant_pool/encode_b256_s128_fp32_int8_token",
            "dev-116", "llama-2-7b/quant_w_o/offline_bf16_int4_g128_awq",
            "dev-117", "llama-2-7b/dequant_w_up/offline_int4_g128_awq_bf16",
            "dev-118", "llama-2-7b/quant_in/decode_b1_kv2048_bf16_int8_token",
            "dev-119", "llama-3-8b/quant_in/prefill_b16_s1024_bf16_fp8_e4m3_token",
            "dev-120", "llama-3-8b/quant_kv/decode_b64_kv2048_bf16_int8_token",
            "dev-121", "gpt-j-6b/dequant_w_up/offline_q8_0_fp16",
            "dev-122", "mistral-7b-v0.1/quant_w_down/offline_bf16_fp8_e4m3_tensor");

    static Stream<JsonNode> cases() {
        ObjectMapper mapper = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Catalogue.class.getResourceAsStream("cases-dev.jsonl"), StandardCharsets.UTF_8))) {
            List<JsonNode> cases = lines.lines()
                    .map(line -> {
                        try {
                            return mapper.readTree(line);
                        } catch (IOException broken) {
                            throw new UncheckedIOException(broken);
                        }
                    })
                    .toList();
            assertTrue(cases.size() > 100, "only " + cases.size());
            return cases.stream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCatalogueMakesTheShapeAndTheLabels(JsonNode item) {
        Workload workload = workload(item);
        String id = item.get("id").asText() + " is " + workload.id();
        Shape expected = ShapeJson.parse(item.get("op").asText(), item.get("shape"));
        assertEquals(comparable(expected), comparable(workload.problem().shape()), id);
        Provenance from = workload.provenance();
        assertEquals(item.at("/labels/phase").asText(), from.phase().name(), id);
        assertEquals(item.at("/labels/task_family").asText(), from.family().name(), id);
        assertEquals(
                item.at("/labels/workload_class").asText(),
                WorkloadClass.of(from.phase(), from.family()).name(),
                id);
        assertEquals(item.at("/context/model_cls").asText(), from.modelCls(), id);
    }

    private static Workload workload(JsonNode item) {
        String quantised = QUANTISED.get(item.get("id").asText());
        if (quantised != null) {
            return CATALOGUE.workload(quantised);
        }
        Model model = CATALOGUE.model(item.at("/context/model").asText());
        String role = item.at("/context/role").asText();
        role = ROLES.getOrDefault(role, role);
        if (item.at("/shape/mask").asText().equals("sliding") && model.name().startsWith("gemma")) {
            // Gemma has global and windowed layers; the row is about a windowed one.
            role = "self_local";
        }
        Pass pass = pass(item).withTensorParallel(item.at("/context/tp").asInt(1));
        return CATALOGUE.workload(model.name() + "/" + role + "/" + pass.label() + "_fp16");
    }

    private static Pass pass(JsonNode item) {
        String words = SAID_IN_WORDS.get(item.get("id").asText());
        if (words != null) {
            return PassLabel.parse(words);
        }
        Phase phase = Phase.valueOf(item.at("/labels/phase").asText());
        return item.get("op").asText().equals("gemm") ? ofGemm(phase, item) : ofAttention(phase, item);
    }

    private static Pass ofGemm(Phase phase, JsonNode item) {
        long batch = item.at("/context/batch").asLong();
        long tokens = item.at("/context/q_tokens").asLong();
        return switch (phase) {
            case DECODE -> decode(item, Pass.decode(batch, 1));
            case CHUNKED_PREFILL -> Pass.chunk(batch, tokens, 2 * tokens);
            case SPEC_VERIFY -> Pass.verify(batch, tokens, 10 * tokens);
            case ONE_SHOT -> Pass.oneShot(batch, item.at("/shape/M").asLong() / batch);
            default -> Pass.uniform(phase, batch, tokens, tokens);
        };
    }

    /** A decoder beside an encoder steps over some source, which neither its products nor its own cache depend on. */
    private static Pass decode(JsonNode item, Pass pass) {
        boolean seq2seq = item.at("/context/model_cls").asText().equals("encoder-decoder");
        boolean fixed = item.at("/context/model").asText().startsWith("whisper");
        return seq2seq && !fixed ? pass.withSource(40) : pass;
    }

    private static Pass ofAttention(Phase phase, JsonNode item) {
        JsonNode shape = item.get("shape");
        if (shape.has("segments")) {
            return Pass.ragged(
                    phase,
                    Stream.of(shape.get("segments"))
                            .flatMap(list -> {
                                Stream.Builder<Segment> all = Stream.builder();
                                list.forEach(s -> all.add(new Segment(
                                        s.get("count").asLong(),
                                        s.get("Sq").asLong(),
                                        s.get("Skv").asLong())));
                                return all.build();
                            })
                            .toArray(Segment[]::new));
        }
        long batch = shape.get("B").asLong();
        long queries = shape.get("Sq").asLong();
        long keys = shape.get("Skv").asLong();
        if (phase == Phase.DECODE && item.at("/context/role").asText().equals("cross")) {
            return Pass.decode(batch, 1).withSource(keys).withBeams(queries);
        }
        return switch (phase) {
            case DECODE ->
                decode(
                        item,
                        Pass.decode(batch, keys).withPages(shape.path("page").asLong(0)));
            case CHUNKED_PREFILL -> Pass.chunk(batch, queries, keys);
            case SPEC_VERIFY -> Pass.verify(batch, queries, keys);
            default -> Pass.uniform(phase, batch, queries, queries);
        };
    }

    /** What the rows say of a shape: not what it stands in for, and 2-byte scales by their convention. */
    private static Object comparable(Shape shape) {
        if (shape instanceof GemmShape gemm) {
            return new GemmShape(gemm.m(), gemm.n(), gemm.k(), gemm.moe(), null);
        }
        if (shape instanceof QuantizeShape quantize) {
            return List.of(
                    quantize.direction(),
                    quantize.rows(),
                    quantize.cols(),
                    quantize.granularity(),
                    quantize.src(),
                    quantize.dst());
        }
        return (AttentionShape) shape;
    }
}
