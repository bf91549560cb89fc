package dev.ridgepoint.device.emulator;

import static dev.ridgepoint.device.emulator.EmulatorBuild.run;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.cpu.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Those of the emulator's tests that feed it what is broken or hostile, under the address and undefined-behaviour
 * sanitizers: mutated modules, faulting kernels, memory that threads take, asynchronous copies, stops and dumps, and all of the
 * driver's.
 */
class EmulatorSanitizerTest {
    private static final Path BUILD = Path.of("target", "emulator-sanitized").toAbsolutePath();
    private static final List<String> PROGRAMS = List.of(
            "fuzz_test",
            "behaviour_test",
            "stack_test",
            "heap_test",
            "async_test",
            "inspect_test",
            "driver_tests",
            "image_fuzz_test",
            "written_test");

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
        List<String> build =
                new ArrayList<>(List.of("cmake", "--build", BUILD.toString(), "--parallel", "2", "--target"));
        build.addAll(PROGRAMS);
        run(build.toArray(String[]::new));
        String chosen = "^(" + String.join("|", PROGRAMS) + ")(\\..*)?$";
        String output = run(
                "ctest",
                "--test-dir",
                BUILD.toString(),
                "--output-on-failure",
                "--tests-regex",
                chosen,
                // Compares numbers while it compiles, and is built only where there is a toolkit.
                "--exclude-regex",
                "abi$");
        assertTrue(output.contains("100% tests passed"), output);
    }
}
