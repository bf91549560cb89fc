package dev.ridgepoint.benchmarks.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.cli.Main;
import dev.ridgepoint.device.conformance.GoldenSet;
import dev.ridgepoint.device.conformance.Report;
import dev.ridgepoint.device.conformance.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every answer of hardware that was committed, held against the emulated driver. */
class CommittedGoldensTest {
    private static final Path COMMITTED = Path.of("..", "native", "conformance");

    private static List<Path> sets() throws IOException {
        return Files.isDirectory(COMMITTED) ? GoldenSet.in(COMMITTED) : List.of();
    }

    /** Says so, and is counted, as long as there is nothing to compare with. */
    @Test
    void thereAreGoldensOfHardware() throws IOException {
        if (sets().isEmpty()) {
            System.out.println("Skipped: not yet compared with hardware: no goldens under native/conformance");
            Assumptions.abort("not yet compared with hardware");
        }
    }

    @TestFactory
    Stream<DynamicTest> theEmulatedDriverAnswersAsHardwareDid() throws IOException {
        return sets().stream()
                .map(set -> DynamicTest.dynamicTest(set.getFileName().toString(), () -> replay(set)));
    }

    private static void replay(Path set) throws IOException {
        GoldenSet goldens = GoldenSet.read(set);
        assertFalse(goldens.origin().emulated(), "the emulated driver's own answers are no goldens");
        Report report = ReplayProcess.run(
                Main.class, set, goldens.origin().arch().replace("sm_", "").replace("120a", "120"));
        System.out.println("compared with " + report.origin().describe() + ": " + report.compared() + " vectors, "
                + report.total(Verdict.IDENTICAL) + " identical, " + report.total(Verdict.WITHIN_BOUND)
                + " within bound, " + report.notCompared());
        assertTrue(report.compared() > 0, () -> "nothing was compared: " + report.notCompared());
        assertEquals(
                0, report.total(Verdict.DIFFERENT), () -> report.differences().toString());
        assertTrue(report.counters().good(), () -> report.counters().toString());
    }
}
