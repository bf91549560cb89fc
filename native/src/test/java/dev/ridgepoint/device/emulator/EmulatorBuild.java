package dev.ridgepoint.device.emulator;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ridgepoint.device.cpu.Skip;
import dev.ridgepoint.device.cuda.DriverLibrary;
import dev.ridgepoint.device.library.BundledLibrary;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The build of the emulated driver, with which its C++ tests and the PTX of its test kernels are made. */
public final class EmulatorBuild {
    /** Where the library itself was built, so that its core is not compiled twice. */
    static final Path FOLDER = Path.of("target", "cpp", "emulator").toAbsolutePath();

    /** The library as the build left it in our jar, or nothing. */
    public static final Optional<BundledLibrary> EMULATOR = BundledLibrary.find(
            DriverLibrary.class, "/dev/ridgepoint/device/emulator/linux-x86_64/libridgepoint_emulator.so");

    private static final int MINUTES = 15;

    private EmulatorBuild() {}

    /** Skips the test where the build left the emulated driver out. */
    public static void require() {
        Skip.unlessBuilt(EMULATOR.isPresent(), "emulated driver");
    }

    /** The folder of the test kernels' PTX, made now; skips the test where there is no emulated driver or no nvcc. */
    public static Path compiledKernels() throws IOException, InterruptedException {
        require();
        requireTools("g++", "cmake", "nvcc");
        build("emulator_ptx");
        return FOLDER.resolve("test").resolve("ptx");
    }

    /** Builds a target, one at a time: other test classes may want another at the same moment. */
    static void build(String target) throws IOException, InterruptedException {
        try (FileChannel alone = FileChannel.open(FOLDER.resolve("building"), CREATE, WRITE)) {
            alone.lock();
            run("cmake", "--build", FOLDER.toString(), "--target", target, "--parallel", "2");
        }
    }

    /** Skips the test where a program is not on the PATH, or fails it under CI. */
    static void requireTools(String... tools) {
        List<String> missing = Stream.of(tools)
                .filter(tool -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, tool))))
                .toList();
        if (!missing.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("required under CI=true, and not on the PATH: " + missing);
        }
        Skip.unless(missing.isEmpty(), () -> "the emulated driver's tests are not built: not on the PATH: " + missing);
    }

    /** What the command printed; fails with the end of it if the command does. */
    static String run(String... command) throws IOException, InterruptedException {
        Ended ended = end(command);
        assertTrue(ended.status() == 0, () -> {
            String output = ended.output();
            return String.join(" ", command) + "\n" + output.substring(Math.max(0, output.length() - 6000));
        });
        return ended.output();
    }

    /** What the command printed, whatever became of it. */
    static String output(String... command) throws IOException, InterruptedException {
        return end(command).output();
    }

    private record Ended(int status, String output) {}

    private static Ended end(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("emulator", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean inTime = process.waitFor(MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            String output = Files.readString(log);
            assertTrue(inTime, () -> String.join(" ", command) + " took more than " + MINUTES + " minutes\n" + output);
            return new Ended(process.waitFor(), output);
        } finally {
            Files.delete(log);
        }
    }
}
