package dev.ridgepoint.device.emulator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ridgepoint.device.cpu.Skip;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The emulated driver's own tests: C++ programs under {@code src/test/emulator}, one JUnit test for each. */
class EmulatorTest {
    /** Where the library itself was built, so that its core is not compiled twice. */
    private static final Path BUILD = Path.of("target", "cpp", "emulator").toAbsolutePath();

    private static final Pattern LISTED = Pattern.compile("Test +#\\d+: (\\S+)");
    private static final int MINUTES = 15;

    @TestFactory
    Stream<DynamicTest> programs() throws IOException, InterruptedException {
        requireTools();
        run("cmake", "--build", BUILD.toString(), "--parallel", "2");
        List<String> names = LISTED.matcher(run("ctest", "--test-dir", BUILD.toString(), "--show-only"))
                .results()
                .map((MatchResult listed) -> listed.group(1))
                .toList();
        assertFalse(names.isEmpty(), "no test is listed");
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> run(
                                "ctest",
                                "--test-dir",
                                BUILD.toString(),
                                "--output-on-failure",
                                "--tests-regex",
                                "^" + name + "$")));
    }

    private static void requireTools() {
        List<String> missing = Stream.of("g++", "cmake", "ctest")
                .filter(tool -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, tool))))
                .toList();
        if (!missing.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("required under CI=true, and not on the PATH: " + missing);
        }
        Skip.unless(missing.isEmpty(), () -> "the emulated driver is not built: not on the PATH: " + missing);
    }

    /** What the command printed; fails with the end of it if the command does. */
    private static String run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("emulator", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            String output = Files.readString(log);
            String end = output.substring(Math.max(0, output.length() - 6000));
            assertTrue(ended && process.waitFor() == 0, () -> String.join(" ", command) + "\n" + end);
            return output;
        } finally {
            Files.delete(log);
        }
    }
}
