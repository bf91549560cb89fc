package dev.ridgepoint.benchmarks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.kernels.cuda.CudaProbe;
import dev.ridgepoint.kernels.cuda.KernelImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The emulated driver in tests: each use in a process of its own, since a process has one driver for good. */
public final class Emulator {
    private static final String LIBRARY = "/dev/ridgepoint/device/emulator/linux-x86_64/libridgepoint_emulator.so";

    private Emulator() {}

    /** Skips a test where the build had no compiler for the emulated driver, or none for kernels. */
    public static void require() {
        requireDriver();
        assumeTrue(KernelImage.fatbin(CudaProbe.EMPTY).isPresent(), "built without nvcc: no kernel was compiled");
    }

    /**
     * Skips a test that brings its own PTX where there is no emulated driver. Under CI there must be, unless the build
     * was asked to leave CUDA for later.
     */
    public static void requireDriver() {
        boolean built = CudaDevice.class.getResource(LIBRARY) != null;
        boolean required = "true".equals(System.getenv("CI")) && !Boolean.getBoolean("ridgepoint.cuda.later");
        assertFalse(!built && required, "CI builds the emulated driver");
        assumeTrue(built, "there is no emulated driver: built without g++ or cmake, or left for later");
    }

    /** How a process ended, and all it said. */
    public record Ended(int status, String said) {}

    /** Runs a class of this class path. */
    public static Ended run(Path folder, Class<?> main, List<String> flags, List<String> arguments)
            throws IOException, InterruptedException {
        return run(folder, Map.of(), main, flags, arguments);
    }

    /** The same with options of the emulated driver among its environment. */
    public static Ended run(
            Path folder, Map<String, String> environment, Class<?> main, List<String> flags, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        Path log = Files.createTempFile(folder, "said", ".log");
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().putAll(environment);
        int status = process.start().waitFor();
        return new Ended(status, Files.readString(log));
    }
}
