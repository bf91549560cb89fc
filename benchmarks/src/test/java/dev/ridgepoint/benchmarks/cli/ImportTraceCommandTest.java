package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.kernels.workload.ShapesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTraceCommandTest {
    private static final String BF16 = "\"Input type\": [\"c10::BFloat16\", \"c10::BFloat16\", \"c10::BFloat16\"]";

    /** The kernel of an operator may stand before it. */
    private static final String TORCH = """
            {"schemaVersion": 1, "deviceProperties": [{"id": 0}], "traceEvents": [
            {"ph": "X", "cat": "kernel", "name": "gemm_a", "dur": 30, "args": {"External id": 1, "device": 0}},
            {"ph": "X", "cat": "cpu_op", "name": "aten::addmm", "dur": 9, "args": {"External id": 1,
              "Input Dims": [[4096], [8, 1024], [1024, 4096]], BF16}},
            {"ph": "X", "cat": "cpu_op", "name": "aten::bmm", "dur": 9, "args": {"External id": 2,
              "Input Dims": [[16, 8, 64], [16, 64, 32]], BF16}},
            {"ph": "X", "cat": "kernel", "name": "gemm_b", "dur": 10, "args": {"External id": 2}},
            {"ph": "X", "cat": "cpu_op", "name": "aten::_flash_attention_forward", "dur": 9, "args": {"External id": 3,
              "Input Dims": [[2, 128, 32, 64], [2, 128, 8, 64], [2, 128, 8, 64], [], [], [], [], [], []], BF16,
              "Concrete Inputs": ["", "", "", "", "", "128", "128", "0.", "True", "False"]}},
            {"ph": "X", "cat": "kernel", "name": "flash", "dur": 40, "args": {"External id": 3}},
            {"ph": "X", "cat": "kernel", "name": "layer_norm", "dur": 20, "args": {"External id": 4}},
            {"ph": "X", "cat": "gpu_memcpy", "name": "Memcpy HtoD", "dur": 900, "args": {"External id": 5}},
            {"ph": "s", "id": 3, "pid": 1, "ts": 5, "cat": "ac2g", "name": "ac2g"}],
            "traceName": "t.json"}
            """.replace("BF16", BF16);

    private static final String NSYS = """
            Processing [report.sqlite] with [cuda_gpu_kern_sum.py]...
            Time (%),Total Time (ns),Instances,Avg (ns),Med (ns),Min (ns),Max (ns),StdDev (ns),Name
            75.0,3000,3,1000.0,1000.0,900,1100,10.0,"void gemm<float, (int)2>(float *, float *)"
            25.0,1000,10,100.0,100.0,90,110,1.0,layer_norm

            """;

    @TempDir
    private Path folder;

    @Test
    void aTraceWithShapesBecomesAWorkload() throws IOException {
        Path shapes = folder.resolve("shapes.json");
        Path trace = file(TORCH);
        Cli.Answer nowhere = Cli.run("import-trace", trace.toString(), "--out", folder + "/gone/shapes.json");
        assertEquals(2, nowhere.status(), nowhere.toString());
        assertEquals("", nowhere.out());
        assertTrue(nowhere.error().startsWith("ridgepoint: cannot write " + folder + "/gone/shapes.json: "));
        Cli.Answer answer = Cli.run("import-trace", trace.toString(), "--out", shapes.toString(), "--json");
        assertEquals(0, answer.status(), answer.toString());
        JsonNode json = new JsonMapper().readTree(answer.out());
        assertEquals(100_000, json.path("gpuNs").asDouble());
        assertEquals(0.8, json.path("coveredShare").asDouble(), 1e-12);
        assertEquals(
                "trace/attention_b2_hq32_hkv8_sq128_skv128_d64_maskcausal_bf16",
                json.at("/covered/0/id").asText());
        assertEquals(4096, json.at("/covered/1/shape/N").asInt());
        assertEquals(1024, json.at("/covered/1/shape/K").asInt());
        assertEquals(16, json.at("/covered/2/shape/products").asInt());
        assertEquals("layer_norm", json.at("/unknown/0/kernel").asText());
        assertEquals(3, ShapesFile.read(shapes).size());
        String text = Cli.run("import-trace", trace.toString()).out();
        assertTrue(text.contains("80 % of 100.0 µs of GPU time"), text);
    }

    /** Name, extents, types and arguments as PyTorch's profiler records them, and what is asked of it; nothing where it is no case of ours. */
    @Test
    void whatLiesBetweenProductsIsKnownToo() throws IOException {
        String[][] operators = {
            {"_softmax", "[[2, 12, 128, 512], [], []]", "['', '-1', 'False']", "softmax_rows3072_cols512"},
            {"_softmax", "[[64, 128256]]", "['', '1', 'False']", "softmax_rows64_cols128256"},
            {"_softmax", "[[64, 128256]]", "['', '0', 'False']", null},
            {"_softmax", "[[64, 512]]", "['', '-1', 'True']", null},
            {
                "native_layer_norm",
                "[[8, 128, 768], [], [768], [768], []]",
                "['', '[768]', '', '', '1e-05']",
                "layernorm_rows1024_cols768"
            },
            {"native_layer_norm", "[[8, 128, 768], [], [], [], []]", "['', '[768]', '', '', '1e-05']", null},
            {"_fused_rms_norm", "[[64, 4096], [], [4096], []]", "['', '[4096]', '', '']", "rmsnorm_rows64_cols4096"},
            {"add", "[[8, 128, 768], [8, 128, 768], []]", "['', '', '1']", "pointwise_functionadd_rows1024_cols768"},
            {"add", "[[8, 128, 768], [768], []]", "['', '', '1']", null},
            {"add_", "[[8, 768], [8, 768], []]", "['', '', '2']", null},
            {"gelu", "[[8, 3072], []]", "['', 'none']", "pointwise_functiongelu_rows8_cols3072"},
            {"gelu", "[[8, 3072], []]", "['', 'tanh']", null},
            {"gelu", "[[2147483647, 2147483647, 2], []]", "['', 'none']", null}
        };
        for (String[] one : operators) {
            String types = "['c10::BFloat16', 'c10::BFloat16', 'c10::BFloat16', 'c10::BFloat16']";
            String trace = """
                    {"traceEvents": [{"cat": "cpu_op", "name": "aten::%s", "args": {"External id": 1,
                    "Input Dims": %s, "Input type": %s, "Concrete Inputs": %s}},
                    {"cat": "kernel", "name": "k", "dur": 10, "args": {"External id": 1}}]}
                    """.formatted(one[0], one[1], types, one[2]).replace('\'', '"');
            Cli.Answer answer = Cli.run("import-trace", file(trace).toString(), "--json");
            assertEquals(0, answer.status(), answer.toString());
            JsonNode json = new JsonMapper().readTree(answer.out());
            assertEquals(
                    one[3] == null ? "" : "trace/" + one[3] + "_bf16",
                    json.at("/covered/0/id").asText(),
                    String.join(" ", one[0], one[1], one[2]));
            if (one[3] != null) {
                Path shapes = folder.resolve("shapes.json");
                Files.deleteIfExists(shapes);
                Cli.run("import-trace", file(trace).toString(), "--out", shapes.toString());
                assertEquals(1, ShapesFile.read(shapes).size(), one[3]);
            }
        }
    }

    @Test
    void aTableOfNamesCoversNothingAndSaysWhy() throws IOException {
        Path table = file(NSYS);
        Cli.Answer answer = Cli.run("import-trace", table.toString());
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(answer.out().contains("void gemm<float, (int)2>(float *, float *)   75 %"), answer.out());
        assertTrue(answer.out().contains("0 % of 4.000 µs") && answer.out().contains("no extents"), answer.out());
        refused(
                "no problem to write",
                "import-trace",
                table.toString(),
                "--out",
                folder.resolve("s.json").toString());
        assertFalse(Files.exists(folder.resolve("s.json")));
    }

    @Test
    void badInputIsOneLine() throws IOException {
        for (String[] bad : new String[][] {
            {"", "is neither"},
            {"hello\nworld\n", "is neither"},
            {"{}", "has no traceEvents"},
            {"{\"traceEvents\": []}", "no time of a GPU kernel"},
            {"{\"traceEvents\": [{\"cat\": \"kernel\"", "bad"},
            {"{\"traceEvents\": [{\"cat\": \"kernel\", \"name\": \"a\", \"dur\": -1}]}", "no time of 0 or more"},
            {"{\"traceEvents\": [{\"cat\": \"kernel\", \"name\": \"a\"}]}", "no time of 0 or more"},
            {NSYS.replace("3000,", "many,"), "line 3: a time or a count is no number"},
            {NSYS.replace(",layer_norm", ""), "expected 9 cells, got 8"},
            {"x".repeat(70_000), "more than 65536 characters"}
        }) {
            refused(bad[1], "import-trace", file(bad[0]).toString());
        }
        refused("no such file", "import-trace", folder.resolve("gone").toString());
    }

    private static void refused(String why, String... arguments) {
        Cli.Answer answer = Cli.run(arguments);
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count(), answer.err());
        assertTrue(answer.error().contains(why), why + " is not in " + answer.err());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("bad.trace"), text);
    }
}
