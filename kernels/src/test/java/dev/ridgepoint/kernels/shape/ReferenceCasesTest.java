package dev.ridgepoint.kernels.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code reference} block of the labelled cases follows from the shape by our own formulas. */
class ReferenceCasesTest {
    private static final String FILE = "/dev/ridgepoint/kernels/workload/cases-dev.jsonl";

    /** Labels whose precision is one of ours; the others have no precision of that name, or move elements only. */
    private static final Map<String, Precision> OURS = Map.of(
            "fp32", Precision.FP32,
            "tf32", Precision.TF32,
            "fp16", Precision.FP16,
            "bf16", Precision.BF16,
            "bf16+kv8", Precision.BF16_KV_INT8,
            "fp8", Precision.FP8_E4M3,
            "fp8-attn", Precision.FP8_E4M3,
            "int8", Precision.INT8,
            "w4a16", Precision.W4A16_G128,
            "gguf-q4_0", Precision.Q4_0);

    /** One labelled case. */
    private record Case(String id, JsonNode json) {
        Shape shape() {
            return ShapeJson.parse(json.get("op").asText(), json.get("shape"));
        }

        Precision precision() {
            return OURS.get(json.at("/precision/label").asText());
        }

        Problem problem() {
            return shape() instanceof GemmShape gemm
                    ? new GemmProblem(gemm, precision())
                    : new AttentionProblem((AttentionShape) shape(), precision());
        }

        double reference(String field) {
            return json.get("reference").get(field).asDouble();
        }

        double hardware(String field) {
            return json.get("hardware").get(field).asDouble();
        }

        /** The footprint as the case states it; moves of quantisation carry their element sizes in the shape. */
        Footprint footprint() {
            JsonNode p = json.get("precision");
            return p.has("act_bytes")
                    ? new Footprint(
                            bytes(p, "act_bytes"),
                            bytes(p, "weight_bytes"),
                            bytes(p, "kv_bytes"),
                            bytes(p, "out_bytes"))
                    : Footprint.uniform(DType.FP32);
        }

        private static double bytes(JsonNode precision, String field) {
            return precision.get(field).asDouble();
        }

        @Override
        public String toString() {
            return id;
        }
    }

    static List<Case> cases() {
        ObjectMapper mapper = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(ReferenceCasesTest.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            List<Case> cases = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = mapper.readTree(line);
                cases.add(new Case(json.get("id").asText(), json));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Case> casesInOurPrecisions() {
        return cases().stream().filter(c -> c.precision() != null).toList();
    }

    @Test
    void allCasesAreRead() {
        assertEquals(122, cases().size());
        assertEquals(113, casesInOurPrecisions().size());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void flopsBytesAndIntensity(Case c) {
        WorkModel work = c.shape().work(c.footprint());
        assertEquals(c.reference("flops"), work.flops(), "flops");
        // Weight bytes are printed with six decimals: 0.519531 stands for 0.51953125.
        assertEquals(c.reference("bytes"), work.bytes(), 1e-6 * work.bytes(), "bytes");
        assertEquals(c.reference("ai"), work.arithmeticIntensity(), 6e-4, "ai");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void timesAndRidge(Case c) {
        WorkModel work = c.shape().work(c.footprint());
        double peak = c.hardware("peak_tflops") * 1e6;
        double bandwidth = c.hardware("bandwidth_tbs") * 1e6;
        assertEquals(c.reference("ridge"), peak / bandwidth, 6e-3, "ridge");
        assertEquals(c.reference("ai_over_ridge"), work.arithmeticIntensity() / (peak / bandwidth), 6e-5, "ratio");
        assertEquals(c.reference("t_compute_us"), work.flops() / peak, 1e-4, "t_compute");
        assertEquals(c.reference("t_memory_us"), work.bytes() / bandwidth, 1e-3, "t_memory");
        assertEquals(c.reference("t_roof_us"), Math.max(work.flops() / peak, work.bytes() / bandwidth), 1e-3, "t_roof");
        boolean resident = work.bytes() <= 0.6 * c.hardware("l2_mb") * 1e6;
        assertEquals(c.json.at("/reference/l2_resident").asBoolean(), resident, "l2_resident");
    }

    /** Guards the sizes and the peak of our own precisions: a weight-only format computes in 16 bit. */
    @ParameterizedTest
    @MethodSource("casesInOurPrecisions")
    void ourPrecisionsHaveTheCasesSizesAndPeak(Case c) {
        WorkModel work = c.problem().work();
        assertEquals(c.reference("bytes"), Math.floor(work.bytes()), "bytes");
        assertEquals(
                DType.parse(c.json.at("/precision/peak").asText()),
                c.precision().compute(),
                "peak");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writingAndReadingGivesTheSameShape(Case c) {
        Shape shape = c.shape();
        assertEquals(shape, ShapeJson.parse(shape.op(), ShapeJson.write(shape)));
    }

    @Test
    void differentShapesHaveDifferentIds() {
        Map<String, Shape> byId = new HashMap<>();
        for (Case c : cases()) {
            Shape shape = c.shape();
            assertEquals(shape, byId.getOrDefault(shape.id(), shape), c::id);
            byId.put(shape.id(), shape);
        }
    }
}
