package dev.ridgepoint.device.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.cpu.Skip;
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
    private static final Pattern ENDED = Pattern.compile("Test +#\\d+: (\\S+) \\.+ *(Passed|\\*\\*\\*\\w+)");

    @TestFactory
    Stream<DynamicTest> programs() throws IOException, InterruptedException {
        EmulatorBuild.require();
        EmulatorBuild.requireTools("g++", "cmake", "ctest");
        EmulatorBuild.build("all");
        // All at once, two at a time; each has its own line, and those that failed their output after it.
        String output = EmulatorBuild.output("ctest", "--test-dir", BUILD, "--output-on-failure", "--parallel", "2");
        List<MatchResult> ended = ENDED.matcher(output).results().toList();
        assertTrue(!ended.isEmpty() && output.contains("tests failed out of " + ended.size()), output);
        return ended.stream().map(test -> DynamicTest.dynamicTest(test.group(1), () -> judge(test.group(2), output)));
    }

    private static void judge(String ended, String output) {
        Skip.unless(!ended.equals("***Skipped"), () -> "this machine cannot run it, see its output in ctest");
        assertEquals("Passed", ended, output);
    }
}
