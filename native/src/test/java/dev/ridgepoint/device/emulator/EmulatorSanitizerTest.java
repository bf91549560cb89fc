package dev.ridgepoint.device.emulator;

import static dev.ridgepoint.device.emulator.EmulatorBuild.run;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.cpu.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Those of the emulator's tests that feed it what is broken or hostile, under the address and undefined-behaviour
 * sanitizers: mutated modules, faulting kernels, memory that threads take, asynchronous copies, stops and dumps, and all of the
 * driver's.
 */
class EmulatorSanitizerTest {
    private static final Path BUILD = Path.of("target", "emulator-sanitized").toAbsolutePath();

    @Test
    void hostileInputIsReadWithinItsBounds() throws IOException, InterruptedException {
        EmulatorBuild.requireTools("clang", "clang++", "cmake", "ctest");
        Skip.unless(
                Files.readString(Path.of("/proc/cpuinfo")).contains(" avx2 "),
                () -> "the sanitizers are not run: their program is built for AVX2, which this CPU has not");
        Path source = Path.of("src", "main", "cpp", "emulator").toAbsolutePath();
        run(
                "cmake",
                "-S",
                source.toString(),
                "-B",
                BUILD.toString(),
                "-DCMAKE_CXX_COMPILER=clang++",
                // Both of one kind: they would not agree on what a precompiled header is called.
                "-DCMAKE_C_COMPILER=clang",
                "-DRIDGEPOINT_SANITIZE=address,undefined",
                "-DRIDGEPOINT_FUZZ_ROUNDS=200");
        run("cmake", "--build", BUILD.toString(), "--parallel", "2", "--target", "sanitizer_tests");
        String output = run(
                "ctest",
                "--test-dir",
                BUILD.toString(),
                "--output-on-failure",
                "--parallel",
                "2",
                "--label-regex",
                "^sanitizers$");
        assertTrue(output.contains("100% tests passed"), output);
    }
}
