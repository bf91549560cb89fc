package dev.ridgepoint.device.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.conformance.opcodes.OpcodeVectors;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.device.emulator.EmulatorBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording and replaying, with the emulated driver in the part of hardware: each in a JVM of its own. */
class EmulatedGoldensTest {
    private static final Set<String> GROUPS =
            Set.of("warps", "bits", "approximations", "matrix products", "warp matrices", "memory of threads");
    /** Whose sums are of tensor cores. */
    private static final String SUMS = "mma\\.sync\\..*\\.(f16|bf16|tf32)\\.f\\d\\d|wmma\\.mma\\.sync\\..*\\.f\\d\\d";

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheEmulator() {
        EmulatorBuild.require();
    }

    /** Records into a folder, or replays it and prints the report. */
    static final class OneStep {
        private OneStep() {}

        public static void main(String[] args) throws IOException {
            Path set = Path.of(args[1]);
            List<TestVector> vectors = OpcodeVectors.all().stream()
                    .filter(vector -> GROUPS.contains(vector.group()))
                    .toList();
            try (CudaDevice device = (CudaDevice) Devices.open("jni")) {
                if (args[0].equals("record")) {
                    Origin origin = new Origin(
                            1, device.traits().name(), device.traits().arch(), true, "13.0", "now", "us", Map.of());
                    long never = System.nanoTime() + Long.MAX_VALUE / 2;
                    System.out.println(
                            Recorder.record(device, vectors, GoldenSet.open(set, origin), never, golden -> {}));
                } else {
                    System.out.println(JSON.writeValueAsString(Replay.of(GoldenSet.read(set), vectors, device)));
                }
            }
        }
    }

    @Test
    void theSameArchitectureIsIdenticalAndAChangedBitIsNamed() throws IOException, InterruptedException {
        assertEquals("0", run("90a", "record").strip());
        Report same = replay("90a");
        assertEquals(
                same.compared(),
                same.total(Verdict.IDENTICAL),
                () -> same.differences().toString());
        assertEquals(GROUPS, same.groups().keySet());
        assertTrue(same.origin().emulated());

        change("prmt.b32", 4 * 77);
        Report changed = replay("90a");
        assertEquals(1, changed.total(Verdict.DIFFERENT));
        Difference difference = changed.differences().get(0);
        assertEquals("prmt.b32", difference.id());
        assertTrue(difference.where().startsWith("row 77, lane 13 of warp 2: %a0 = 0x"), difference.where());
        assertEquals(1, Long.parseLong(difference.hardware(), 16) ^ Long.parseLong(difference.ours(), 16));
    }

    /** The one thing that differs between architectures: how tensor cores sum. */
    @Test
    void anotherArchitectureDiffersInMatrixProductsAlone() throws IOException, InterruptedException {
        assertEquals("0", run("80", "record").strip());
        Report other = replay("90a");
        List<Difference> differences = other.differences();
        assertFalse(differences.isEmpty());
        for (Difference difference : differences) {
            assertTrue(difference.id().matches(SUMS), difference.describe());
        }
        assertTrue(
                other.notCompared().containsKey("hardware has no answer: needs sm_89, and this is sm_80"),
                other.notCompared().toString());
    }

    private void change(String id, int at) throws IOException {
        GoldenSet set = GoldenSet.read(folder);
        TestVector vector = OpcodeVectors.all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        StringBuilder lines = new StringBuilder();
        for (Golden golden : set.goldens()) {
            Golden written = golden;
            if (golden.id().equals(id)) {
                byte[] output = golden.kept();
                assertEquals(golden.rows(), golden.keptRows());
                output[at] ^= 1;
                written = Golden.recorded(vector, output);
            }
            lines.append(JSON.writeValueAsString(written)).append('\n');
        }
        Files.writeString(folder.resolve(GoldenSet.GOLDENS), lines);
    }

    private Report replay(String arch) throws IOException, InterruptedException {
        return JSON.readValue(run(arch, "replay"), Report.class);
    }

    private String run(String arch, String step) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dridgepoint.driver=emulated",
                "-cp",
                System.getProperty("java.class.path"),
                OneStep.class.getName(),
                step,
                folder.toString());
        java.environment().put("RIDGEPOINT_EMULATED_ARCH", arch);
        int status = java.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        assertEquals(0, status, Files.readString(err));
        return Files.readString(out);
    }
}
