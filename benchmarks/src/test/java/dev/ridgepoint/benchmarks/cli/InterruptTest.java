package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C reaches the run and its fork alike; neither may take it for a fault of the kernel. */
class InterruptTest {
    @TempDir
    private Path folder;

    @Test
    void leavesAPartialBundleAndNoFailedCase() throws Exception {
        Path bundle = folder.resolve("run");
        Path log = folder.resolve("log");
        Process run = Cli.start(
                log,
                List.of(),
                "run",
                "--backend",
                "fake",
                "--shapes",
                OwnShapes.file(folder, 5, 6).toString(),
                "--forks",
                "30",
                "--out",
                bundle.toString(),
                "--",
                "-wi",
                "1",
                "-w",
                "300ms",
                "-i",
                "1",
                "-r",
                "300ms");
        while (run.isAlive() && parts(bundle) < 1) {
            Thread.sleep(20);
        }
        List<ProcessHandle> group =
                Stream.concat(Stream.of(run.toHandle()), run.descendants()).toList();
        for (ProcessHandle process : group) {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
        assertTrue(run.waitFor(30, TimeUnit.SECONDS), "the run ends");

        String said = Files.readString(log);
        assertEquals(130, run.exitValue(), said);
        assertTrue(
                BundleValidator.validate(bundle).stream()
                        .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR),
                () -> BundleValidator.validate(bundle).toString());
        BundleReader reader = BundleReader.open(bundle);
        assertEquals("partial", reader.run().status());
        assertTrue(reader.allCases().stream().allMatch(result -> result.outcome() instanceof Outcome.Measured), said);
        assertTrue(said.contains("run --resume " + bundle), said);
        assertFalse(said.contains("FAILED"), said);
    }

    private static int parts(Path bundle) {
        String[] names = bundle.resolve("raw").toFile().list((dir, name) -> name.endsWith(".json"));
        return names == null ? 0 : names.length;
    }
}
