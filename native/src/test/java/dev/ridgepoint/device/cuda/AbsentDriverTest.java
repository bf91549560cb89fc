package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.Devices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JVMs of their own, in which no driver was ever loaded. */
class AbsentDriverTest {
    /** Opens a backend twice and prints what it was told. */
    static final class Open {
        private Open() {}

        public static void main(String[] args) {
            for (int attempt = 0; attempt < 2; attempt++) {
                try {
                    Devices.open(args[0]).close();
                    System.out.println("opened");
                } catch (DeviceException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @BeforeEach
    void requireCompiler() {
        FakeCuda.requireCompiler();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void theSystemsDriverIsNamedWhereItIsMissing(String backend) throws IOException, InterruptedException {
        assumeFalse(driverIsInstalled(), "this machine has a CUDA driver");
        List<String> said = open(List.of(), backend);
        assertEquals(2, said.size(), said.toString());
        for (String line : said) {
            assertTrue(line.startsWith("no CUDA driver: "), line);
            assertTrue(line.endsWith("; install NVIDIA's driver, or use --backend cpu"), line);
        }
        assertTrue(said.get(0).startsWith("no CUDA driver: libcuda.so.1: "), said.get(0));
    }

    @Test
    void nothingInTheFolderThatAllUsersShareIsLoaded(@TempDir Path shared) throws IOException, InterruptedException {
        FakeCuda.install();
        Path planted = shared.resolve("libJCudaDriver-12.6.0-linux-x86_64.so");
        Files.writeString(planted, "not what JCuda wrote");
        List<String> flags = List.of(
                "-Djava.io.tmpdir=" + shared,
                "-Dridgepoint.driver=emulated",
                "-Dridgepoint.emulator=" + FakeCuda.path());
        assertEquals(List.of("opened", "opened"), open(flags, "jcuda"));
        assertEquals("not what JCuda wrote", Files.readString(planted));
    }

    @Test
    void aFileThatIsNoDriverIsNamed() throws IOException, InterruptedException {
        Path text = Files.createTempFile("no-driver", ".so");
        List<String> flags = List.of("-Dridgepoint.driver=emulated", "-Dridgepoint.emulator=" + text);
        for (String backend : List.of("jcuda", "jni")) {
            String line = open(flags, backend).get(0);
            assertTrue(line.startsWith("no CUDA driver: "), line);
            assertTrue(line.contains(text.toString()), line);
        }
        Files.delete(text);
    }

    /** Whatever it calls its devices: it is known by its functions. */
    @ParameterizedTest
    @ValueSource(strings = {"jcuda", "jni"})
    void whatPlaysADriverIsNotTakenForTheSystems(String backend, @TempDir Path libraries) throws Exception {
        Files.copy(Path.of(FakeCuda.path()), libraries.resolve("libcuda.so.1"));
        List<String> said = open(List.of(), backend, Map.of("LD_LIBRARY_PATH", libraries.toString()));
        String refused = "--driver system: the driver found is an emulated one; ask for it with --driver emulated";
        assertEquals(List.of(refused, refused), said);
    }

    private static boolean driverIsInstalled() {
        return List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/local/nvidia/lib64", "/usr/lib/wsl/lib")
                .stream()
                .anyMatch(folder -> Files.exists(Path.of(folder, "libcuda.so.1")));
    }

    private static List<String> open(List<String> flags, String backend) throws IOException, InterruptedException {
        return open(flags, backend, Map.of());
    }

    private static List<String> open(List<String> flags, String backend, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Open.class.getName(), backend));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out.lines().toList();
    }
}
