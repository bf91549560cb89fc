package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.layer.LayerRow;
import dev.ridgepoint.kernels.precision.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every CUDA kernel of the catalogue on the emulated driver, with all its checks on. */
class EmulatedVerifyTest {
    @TempDir
    private Path folder;

    /** Of two processes at a time. */
    private final Set<String> rightInLargeTiles = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void needsTheEmulator() {
        Emulator.require();
    }

    /** All directed cases through JNI, in two processes at a time. The newest architecture runs every kernel. */
    @Test
    void everyKernelIsRightThroughJni() throws Exception {
        List<String> newest = List.of("--emulated-arch", "120");
        CompletableFuture<Set<String>> products = CompletableFuture.supplyAsync(() -> right("jni", "gemm/*", newest));
        String others =
                "attention/*|append/*|*quantize/*|softmax/*|*norm/*|lstm_cell/*|pointwise/*|rotate/*|repack/*|layer/*";
        Set<String> right = right("jni", others, newest);
        right.addAll(products.get());
        assertEquals(all(), right, "kernels with a correct case");
        assertEquals(
                Stream.of("bf16", "fp16", "tf32", "int8", "fp8_e4m3", "fp8_e5m2")
                        .map(precision -> "gemm/sm80_" + precision + "_mma")
                        .collect(Collectors.toSet()),
                rightInLargeTiles,
                "kernels with a correct case as for one SM");
    }

    /** The binding differs and the kernels do not: one case of each through JCuda. */
    @Test
    void everyKernelIsRightOnceThroughJcuda() {
        assertEquals(all(), right("jcuda", "*", List.of("--cases", "1")), "kernels with a correct case");
    }

    private static Set<String> all() {
        TreeSet<String> all =
                new TreeSet<>(CudaKernels.rows().stream().map(CudaRow::id).toList());
        // No attention of ours is in fp32, and so no layer.
        LayerRow.all().stream().filter(row -> row.precision() != Precision.FP32).forEach(row -> all.add(row.id()));
        return all;
    }

    /** Kernels that were right on some case; none may be wrong on any. */
    private Set<String> right(String backend, String kernels, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("--json", "verify", "--driver", "emulated"));
        arguments.addAll(List.of("--backend", backend, "--kernel", kernels));
        arguments.addAll(options);
        try {
            Path own = Files.createTempDirectory(folder, "verify");
            Emulator.Ended ended = Emulator.run(own, Main.class, List.of(), arguments);
            JsonNode answer = new ObjectMapper().readTree(ended.said());
            Set<String> right = new TreeSet<>();
            for (JsonNode outcome : answer.get("outcomes")) {
                String said = outcome.get("outcome").asText();
                assertTrue(Set.of("correct", "skipped").contains(said), outcome::toString);
                if (said.equals("correct")) {
                    right.add(outcome.get("subject").asText());
                    if (outcome.get("case").asText().endsWith(":as_for_one_sm")) {
                        rightInLargeTiles.add(outcome.get("subject").asText());
                    }
                }
            }
            assertTrue(answer.get("watched").asText().contains("races"), ended.said());
            assertEquals(0, ended.status());
            return right;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
