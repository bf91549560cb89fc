package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.cuda.EmulatedJvm.Outcome;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Index arithmetic beyond 2^31 elements: of every kernel the blocks that reach there, held against the oracle. */
class FarTensorsTest {
    private static final long FAR = 1L << 31;

    /** A scale of theirs needs every element: no part of a tensor can be asked of them, and all of it takes hours. */
    private static final Set<String> NEED_ALL = Set.of(
            "quantize/sm80_int8_tensor",
            "quantize/sm80_int8_channel",
            "quantize/sm80_fp8_e4m3_tensor",
            "quantize/sm80_fp8_e5m2_tensor",
            "quantize/sm80_nvfp4",
            "quantize/sm80_int8_tensor_transposed",
            "quantize/sm80_fp8_e4m3_tensor_transposed",
            "quantize/sm80_fp8_e5m2_tensor_transposed");

    @BeforeEach
    void needsKernels() {
        EmulatedJvm.requireKernels();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemm/",
                "attention/ append/",
                "quantize/ dequantize/",
                "softmax/ rmsnorm/ layernorm/ lstm_cell/",
                "pointwise/ rotate/ repack/"
            })
    void theLastBlocksAreRight(String families) throws IOException, InterruptedException {
        List<String> prefixes = List.of(families.split(" "));
        // Reads of what nobody wrote are zeros here: most of a tensor is not there.
        Map<String, String> environment = Map.of(
                "RIDGEPOINT_EMULATED_ARCH", "120",
                "RIDGEPOINT_EMULATED_MEMORY", "" + (1L << 38),
                "RIDGEPOINT_EMULATED_CHECKS", "off",
                "RIDGEPOINT_EMULATED_ENDS", "18");
        String[] arguments = Stream.concat(Stream.of("jni"), prefixes.stream()).toArray(String[]::new);
        Outcome outcome =
                EmulatedJvm.run(List.of("-Dridgepoint.driver=emulated"), environment, FarTrial.class, arguments);
        List<String> lines = outcome.out().lines().toList();
        List<String> wrong =
                lines.stream().filter(line -> !line.endsWith(" true")).toList();
        assertEquals(List.of(), wrong, outcome.err());
        assertEquals(0, outcome.status(), outcome.err());
        for (String line : lines) {
            assertTrue(Long.parseLong(line.substring(0, line.indexOf(' '))) > FAR, line);
        }
        Set<String> right =
                lines.stream().map(line -> line.split(" ")[2]).collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = CudaKernels.rows().stream()
                .map(CudaRow::id)
                .filter(id -> prefixes.stream().anyMatch(id::startsWith))
                .filter(id -> !NEED_ALL.contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, right, "kernels that were right far out");
    }
}
