package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.device.emulator.EmulatorBuild;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.KernelImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of its own for what runs on the emulated driver: a process has one driver for good. */
final class EmulatedJvm {
    private EmulatedJvm() {}

    /** What a JVM said and how it ended. */
    record Outcome(int status, String out, String err) {}

    /** Skips the test where no kernel was compiled. */
    static void requireKernels() {
        EmulatorBuild.require();
        assumeTrue(KernelImage.fatbin(CudaProbe.EMPTY).isPresent(), "built without nvcc: no kernel was compiled");
    }

    static Outcome run(List<String> flags, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Path err = Files.createTempFile("emulated", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        String said = Files.readString(err);
        Files.delete(err);
        return new Outcome(status, out, said);
    }
}
