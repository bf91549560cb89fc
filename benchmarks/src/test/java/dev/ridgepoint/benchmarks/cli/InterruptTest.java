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
import java.util.ArrayList;
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

    @Test
    void forksThatTakeTurnsGoOnToo() throws Exception {
        Path out = folder.resolve("ab");
        Path log = folder.resolve("log");
        List<String> words = new ArrayList<>(List.of("ab", "this", "this", "--backend", "fake", "--shapes"));
        words.add(OwnShapes.file(folder, 5).toString());
        words.addAll(List.of("--aim", "50%", "--most-forks", "6", "--forks", "6", "--out", out.toString()));
        words.addAll(Brief.WORDS);
        Process run = Cli.start(log, List.of(), words.toArray(String[]::new));
        while (run.isAlive() && parts(out.resolve("a")) < 2) {
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
        assertTrue(said.contains("nothing finished is lost: ridgepoint ab --resume " + out), said);

        assertEquals(2, Cli.run("ab", "--resume", folder.toString()).status(), "no ab there");
        assertEquals(
                2, Cli.run("ab", "this", "this", "--resume", out.toString()).status(), "sides named again");
        assertEquals(2, Cli.run("ab", "this", "this", "--out", out.toString()).status(), "the folder is taken");
        int before = parts(out.resolve("a")) + parts(out.resolve("b"));
        assertTrue(before < 12, "cut off in the middle: " + before);
        Cli.Answer resumed = Cli.run("ab", "--resume", out.toString());
        assertEquals(0, resumed.status(), resumed.toString());
        for (String side : List.of("a", "b")) {
            BundleReader reader = BundleReader.open(out.resolve(side));
            assertTrue(reader.run().complete());
            assertEquals(2, reader.run().resumed().size(), "from its preparation, and from the cut");
            assertEquals(6, reader.allCases().get(0).timing().forks().size());
        }
        Cli.Answer again = Cli.run("ab", "--resume", out.toString());
        assertEquals(0, again.status(), again.toString());
        assertTrue(again.out().contains("nothing was left to run"), again.out());
    }

    private static int parts(Path bundle) {
        String[] names = bundle.resolve("raw").toFile().list((dir, name) -> name.endsWith(".json"));
        return names == null ? 0 : names.length;
    }
}
