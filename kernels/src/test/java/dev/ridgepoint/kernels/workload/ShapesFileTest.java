package dev.ridgepoint.kernels.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapesFileTest {
    @TempDir
    Path folder;

    private List<Workload> read(String json) throws IOException {
        Path file = folder.resolve("mine.json");
        Files.writeString(file, json);
        return ShapesFile.read(file);
    }

    @Test
    void anArrayOfShapes() throws IOException {
        List<Workload> workloads = read("""
                [
                  {"id": "mine", "op": "gemm", "shape": {"M": 7, "N": 4096, "K": 512}, "precision": "fp8",
                   "model": "in-house", "role": "up", "phase": "decode"},
                  {"op": "attention", "precision": ["bf16", "bf16_kv_int8"],
                   "shape": {"B": 2, "Hq": 8, "Hkv": 2, "Sq": 1, "Skv": 100, "D": 64, "mask": "causal"}},
                  {"op": "quantize", "shape": {"rows": 4, "cols": 256, "src": "fp32"}, "precision": "int8_token"},
                  {"op": "dequantize", "shape": {"rows": 4, "cols": 256}, "precision": "q4_k"}
                ]
                """);
        assertEquals(
                List.of(
                        "mine",
                        "own/attn_causal_b2_q1_kv100_h8_kv2_d64_bf16",
                        "own/attn_causal_b2_q1_kv100_h8_kv2_d64_bf16_kv_int8",
                        "own/quantize_r4_c256_fp32_int8_row_int8_token",
                        "own/dequantize_r4_c256_int4_bf16_g256_q4_k"),
                workloads.stream().map(Workload::id).toList());
        assertEquals("fp8_e4m3", workloads.get(0).problem().precisionId());
        assertEquals(Phase.DECODE, workloads.get(0).provenance().phase());
        assertEquals("in-house", workloads.get(0).provenance().model());
    }

    @Test
    void oneShapeAlone() throws IOException {
        String one =
                "\"op\": \"gemm\", \"shape\": {\"M\": 1, \"N\": 64, \"K\": 64}, \"precision\": [\"fp32\", \"bf16\"]";
        assertEquals(2, read("{" + one + "}").size());
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> read("{" + one + ", \"size\": 1}"));
        assertEquals(
                "mine.json: /size (line 1): unknown field; known: id, op, shape, precision, model, role, phase",
                unknown.getMessage());
        assertThrows(IllegalArgumentException.class, () -> read("{" + one + "} []"));
    }

    @Test
    void entriesAreLaidOverDefaults() throws IOException {
        List<Workload> workloads = read("""
                {"defaults": {"op": "gemm", "shape": {"M": 1, "N": 64, "K": 64}, "precision": "fp32"},
                 "shapes": [{}, {"shape": {"M": 5}}, {"precision": "bf16"}, {"shape": {"epilogue": "bias_silu"}}]}
                """);
        assertEquals(
                List.of(
                        "gemm_m1_n64_k64_fp32",
                        "gemm_m5_n64_k64_fp32",
                        "gemm_m1_n64_k64_bf16",
                        "gemm_m1_n64_k64_bias_silu_fp32"),
                workloads.stream().map(w -> w.problem().id()).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"op":"gemm","shape":{"M":1,"N":2},"precision":"fp32"}]                       | mine.json: /0/shape/K (line 1): missing
            [{"op":"gemm","shape":{"M":-1,"N":2,"K":3},"precision":"fp32"}]                | mine.json: /0/shape/M (line 1): expected an extent
            [{"op":"gemm","shape":{"M":1.5,"N":2,"K":3},"precision":"fp32"}]               | mine.json: /0/shape/M (line 1): expected a whole number, got 1.5
            [{"op":"gemm","shape":{"M":1,"N":2,"K":3,"epilogue":"relu"},"precision":"fp32"}] | mine.json: /0/shape/epilogue (line 1): expected none, bias, bias_gelu, bias_gelu_tanh, bias_silu, got 'relu'
            [{"op":"gemm","shape":{"M":1,"N":2,"K":3,"L":4},"precision":"fp32"}]           | mine.json: /0/shape/L (line 1): unknown field; known: M
            [{"op":"gemm","shape":{"M":99999999999,"N":99999999999,"K":9},"precision":"fp32"}] | mine.json: /0/shape (line 1): M*N*K: the product overflows
            [{"op":"gemm","shape":{"M":1,"N":1000000000000,"K":9000000},"precision":"fp32"}] | mine.json: /0/shape (line 1): its operands overflow
            [{"op":"gemm","shape":{"M":1,"N":2,"K":3,"experts":99999999999,"top_k":1},"precision":"fp32"}] | mine.json: /0/shape/experts (line 1): expected a whole number below
            [{"op":"gemm","shape":{"M":1,"N":2,"K":3},"precision":"fp31"}]                 | mine.json: /0/precision (line 1): unknown precision 'fp31'
            [{"op":"gemm","shape":{"M":1,"N":2,"K":3}}]                                    | mine.json: /0/precision (line 1): missing
            [{"op":"gemm","shape":{"M":1,"N":2,"K":3},"precision":[]}]                     | mine.json: /0/precision (line 1): expected a name
            [{"op":"conv","shape":{},"precision":"fp32"}]                                  | mine.json: /0/op (line 1): unknown 'conv'
            [{"shape":{},"precision":"fp32"}]                                              | mine.json: /0/op (line 1): missing
            [{"op":"gemm","shape":[],"precision":"fp32"}]                                  | mine.json: /0/shape (line 1): expected an object
            [{"op":"gemm","shape":{"M":1,"N":2,"K":3},"precision":"fp32","prec":1}]        | mine.json: /0/prec (line 1): unknown field
            [{"op":"gemm","shape":{"M":1,"N":2,"K":3},"precision":"fp32","phase":"x"}]     | mine.json: /0/phase (line 1): unknown 'x'; known: encode
            [{"op":"attention","shape":{"Hq":3,"Hkv":2,"Sq":1,"Skv":1,"D":8,"mask":"full"},"precision":"fp32"}] | mine.json: /0/shape/Hkv (line 1): 2 key/value heads do not divide Hq=3
            [{"op":"attention","shape":{"Hq":2,"Hkv":2,"D":8,"mask":"causal","segments":[{"count":1,"Sq":0,"Skv":4}]},"precision":"fp32"}] | mine.json: /0/shape/segments (line 1): at least one needs a query
            [{"op":"quantize","shape":{"rows":1,"cols":2,"src":"int4"},"precision":"int8_token"}] | mine.json: /0/shape/src (line 1): expected fp32, fp16 or bf16
            [{"op":"quantize","shape":{"rows":1,"cols":2},"precision":"bf16"}]             | mine.json: /0/precision (line 1): unknown quantised format 'bf16'
            [{"id":"a","op":"gemm","shape":{"M":1,"N":2,"K":3},"precision":"fp32"},{"id":"a","op":"gemm","shape":{"M":2,"N":2,"K":3},"precision":"fp32"}] | mine.json: /1/id (line 1): 'a' is also the id of /0
            [{"id":"","op":"gemm","shape":{"M":1,"N":2,"K":3},"precision":"fp32"}]         | mine.json: /0/id (line 1): expected a text of 1 to 200
            [{"id":"a\\u0000b","op":"gemm","shape":{"M":1,"N":2,"K":3},"precision":"fp32"}] | mine.json: /0/id (line 1): has a control character
            [3]                                                                            | mine.json: /0 (line 1): expected an object, got number
            []                                                                             | mine.json: no shapes in it
            {}                                                                             | mine.json: /shapes (line 1): missing
            {"form":[]}                                                                    | mine.json: /form (line 1): expected an object "defaults" or an array "shapes"
            {"shape":[]}                                                                   | mine.json: /precision (line 1): missing
            {"shapes":[{"op":"gemm","shape":{"M":1,"N":2,"K":3},"precision":"fp32"}],"defaults":{}} | mine.json: /defaults (line 1): must stand before shapes
            "x"                                                                            | mine.json: / (line 1): expected an array
            [{"op":"gemm","shape":{"M":1,"N":2,"K":3},"precision":"fp32"}] 7               | mine.json: / (line 1): something follows the shapes
            [{"op":"gemm",                                                                 | mine.json: line 1: not JSON
            [{"op":"gemm","op":"gemm"}]                                                    | mine.json: line 1: not JSON: 'op' is there twice
            [[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]                           | mine.json: larger than a shapes file may be
            """)
    void aMistakeIsNamedWithPointerAndLine(String json, String message) {
        var error = assertThrows(IllegalArgumentException.class, () -> read(json));
        String seen = error.getMessage();
        assertEquals(message, seen.substring(0, Math.min(message.length(), seen.length())));
    }

    @Test
    void theLineIsTheEntrysOwn() {
        var error = assertThrows(IllegalArgumentException.class, () -> read("""
                        {"shapes": [
                          {"op": "gemm", "shape": {"M": 1, "N": 2, "K": 3}, "precision": "fp32"},

                          {"op": "gemm", "shape": {"M": 0, "N": 2, "K": 3}, "precision": "fp32"}
                        ]}
                        """));
        assertTrue(error.getMessage().startsWith("mine.json: /shapes/1/shape/M (line 4):"), error.getMessage());
    }

    @Test
    void aMissingFileIsOneLine() {
        Path nowhere = folder.resolve("nowhere.json");
        var error = assertThrows(IllegalArgumentException.class, () -> ShapesFile.read(nowhere));
        assertEquals("shapes file: no such file: " + nowhere, error.getMessage());
    }

    @Test
    void aFolderIsOneLine() {
        var error = assertThrows(IllegalArgumentException.class, () -> ShapesFile.read(folder));
        assertEquals("shapes file: a folder: " + folder, error.getMessage());
    }

    @Test
    void whereAnObjectBeganIsNotToldInWordsOfTheParser() {
        var error = assertThrows(IllegalArgumentException.class, () -> read("{"));
        assertEquals("mine.json: line 1: not JSON: ends too early", error.getMessage());
    }

    @Test
    void aHugeFileIsRefusedBeforeItFillsMemory() throws IOException {
        Path file = folder.resolve("mine.json");
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("[".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 70; i++) {
                out.write(blanks);
            }
        }
        var error = assertThrows(IllegalArgumentException.class, () -> ShapesFile.read(file));
        assertTrue(error.getMessage().startsWith("mine.json: larger than a shapes file may be"), error.getMessage());
    }
}
