package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every CUDA kernel of the catalogue on the emulated driver, with all its checks on. */
class EmulatedVerifyTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheEmulator() {
        Emulator.require();
    }

    /** All directed cases through JNI. The architecture is the newest, which every kernel runs on. */
    @Test
    void everyKernelIsRightThroughJni() throws Exception {
        everyKernelIsRight("jni", "--emulated-arch", "120");
    }

    /** The binding differs and the kernels do not: one case of each through JCuda. */
    @Test
    void everyKernelIsRightOnceThroughJcuda() throws Exception {
        everyKernelIsRight("jcuda", "--cases", "1");
    }

    private void everyKernelIsRight(String backend, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--json", "verify", "--backend", backend));
        arguments.addAll(List.of("--driver", "emulated"));
        arguments.addAll(List.of(options));
        Emulator.Ended ended = Emulator.run(folder, Main.class, List.of(), arguments);
        JsonNode answer = new ObjectMapper().readTree(ended.said());
        Set<String> right = new TreeSet<>();
        for (JsonNode outcome : answer.get("outcomes")) {
            String said = outcome.get("outcome").asText();
            assertTrue(Set.of("correct", "skipped").contains(said), outcome::toString);
            if (said.equals("correct")) {
                right.add(outcome.get("subject").asText());
            }
        }
        Set<String> rows =
                new TreeSet<>(CudaKernels.rows().stream().map(CudaRow::id).toList());
        rows.removeAll(right);
        assertEquals(Set.of(), rows, "kernels without a correct case");
        assertTrue(answer.get("watched").asText().contains("races"), ended.said());
        assertEquals(0, ended.status());
    }
}
