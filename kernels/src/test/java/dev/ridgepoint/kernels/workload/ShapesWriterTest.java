package dev.ridgepoint.kernels.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.shape.ShapeJson;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesWriterTest {
    private static List<Workload> again(List<Workload> workloads) {
        String text = ShapesWriter.write(workloads).toPrettyString();
        return ShapesFile.of("again.json", text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda"})
    void everyWorkloadOfTheLargestSuiteIsReadAgain(String backend) {
        List<Workload> suite = Suites.of("full", backend);
        List<Workload> read = again(suite);
        assertEquals(suite.size(), read.size());
        for (int i = 0; i < read.size(); i++) {
            assertEquals(suite.get(i).id(), read.get(i).id());
            assertEquals(
                    suite.get(i).problem(), read.get(i).problem(), suite.get(i).id());
            assertEquals(
                    suite.get(i).provenance().phase(), read.get(i).provenance().phase());
            assertEquals(
                    suite.get(i).provenance().model(), read.get(i).provenance().model());
        }
    }

    /** Operations and fields that no suite has. */
    @Test
    void whatAUserMayWriteIsReadAgain() {
        String own = """
                [{"op": "attention", "precision": "bf16", "phase": "chunk", "role": "self",
                  "shape": {"Hq": 8, "Hkv": 2, "D": 64, "mask": "causal", "lse": true, "rotary": "half", "rotary_dim": 32,
                            "segments": [{"count": 2, "Sq": 1, "Skv": 40}, {"count": 1, "Sq": 5, "Skv": 5}]}},
                 {"op": "append", "precision": "bf16_kv_int8", "shape": {"B": 2, "Hkv": 2, "Sq": 1, "Skv": 9, "D": 64,
                  "rotary": "interleaved", "page": 16}},
                 {"op": "gemm", "precision": "bf16", "shape": {"M": 4, "N": 64, "K": 64, "epilogue": "bias_gelu"}},
                 {"op": "gemm", "precision": "bf16", "shape": {"M": 4, "N": 64, "K": 64, "experts": 8, "top_k": 2}},
                 {"op": "gemm", "precision": "fp32", "shape": {"M": 4, "N": 64, "K": 64, "products": 3}},
                 {"op": "quantize", "precision": "int8_token", "shape": {"rows": 4, "cols": 64, "src": "fp16",
                  "transposed": true}},
                 {"op": "dequantize", "precision": "q4_k", "shape": {"rows": 4, "cols": 256, "dst": "fp32"}},
                 {"op": "repack", "precision": "int4_g128_awq", "shape": {"rows": 256, "cols": 128}},
                 {"op": "softmax", "precision": "fp32", "shape": {"rows": 3, "cols": 5}},
                 {"op": "rmsnorm", "precision": "fp16", "shape": {"rows": 3, "cols": 5}},
                 {"op": "layernorm", "precision": "bf16", "shape": {"rows": 3, "cols": 5}},
                 {"op": "lstm_cell", "precision": "fp32", "shape": {"B": 2, "H": 16}},
                 {"op": "pointwise", "precision": "bf16", "shape": {"function": "add", "rows": 3, "cols": 8}},
                 {"op": "rotate", "precision": "bf16", "shape": {"tokens": 3, "Hq": 2, "D": 64, "rotary": "half",
                  "positions": 9}},
                 {"op": "layer", "precision": "bf16", "shape": {"B": 1, "Hq": 4, "Hkv": 2, "Sq": 1, "Skv": 7, "D": 64,
                  "mask": "causal", "hidden": 256, "ffn": 512, "activation": "silu_mul", "norm": "rmsnorm", "cached": true}}]
                """;
        List<Workload> workloads = ShapesFile.of("own.json", own.getBytes(StandardCharsets.UTF_8));
        Set<String> missing = new HashSet<>(ShapeJson.OPS);
        workloads.forEach(one -> missing.remove(one.problem().op()));
        assertTrue(missing.isEmpty(), missing + " is in no entry");
        List<Workload> read = again(workloads);
        for (int i = 0; i < workloads.size(); i++) {
            assertEquals(workloads.get(i).problem(), read.get(i).problem());
            assertEquals(workloads.get(i).id(), read.get(i).id());
        }
        assertEquals(Phase.CHUNKED_PREFILL, read.get(0).provenance().phase());
        assertEquals("self", read.get(0).provenance().role());
    }
}
