package dev.ridgepoint.device.emulator;

import static dev.ridgepoint.device.emulator.EmulatorBuild.run;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The emulated driver's own tests: C++ programs under {@code src/test/emulator}, one JUnit test for each. */
class EmulatorTest {
    private static final String BUILD = EmulatorBuild.FOLDER.toString();
    private static final Pattern LISTED = Pattern.compile("Test +#\\d+: (\\S+)");

    @TestFactory
    Stream<DynamicTest> programs() throws IOException, InterruptedException {
        EmulatorBuild.requireTools("g++", "cmake", "ctest");
        run("cmake", "--build", BUILD, "--parallel", "2");
        List<String> names = LISTED.matcher(run("ctest", "--test-dir", BUILD, "--show-only"))
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
                                BUILD,
                                "--output-on-failure",
                                "--tests-regex",
                                "^" + name + "$")));
    }
}
