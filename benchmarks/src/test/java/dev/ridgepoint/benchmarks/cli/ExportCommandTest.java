package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    @TempDir
    private Path folder;

    private Path bundle;

    @BeforeEach
    void write() throws IOException {
        bundle = new MadeRun()
                .with(MadeCase.of(1, 5, 1000))
                .with(MadeCase.of(2, 5, 1000).ending(new Outcome.Skipped("no such device")))
                .write(folder.resolve("run"));
    }

    @Test
    void toAFileOrToStandardOutputWithWhatIsLeftOut() throws IOException {
        Path file = folder.resolve("bmf.json");
        Cli.Answer toFile = Cli.run("export", bundle.toString(), "--format", "bencher", "--out", file.toString());
        assertEquals(0, toFile.status(), toFile.toString());
        assertEquals("", toFile.out());
        assertTrue(toFile.err().contains("1 case left out: 1 skipped"), toFile.err());
        Cli.Answer here = Cli.run("export", bundle.toString(), "--format", "bencher");
        assertEquals(Files.readString(file), here.out());
        assertFalse(here.out().contains("case2"));
        assertTrue(Cli.run("export", bundle.toString(), "--format", "csv").out().contains("no such device"));
    }

    @Test
    void whatCannotBeExportedIsRefusedInOneLineAndTouchesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("kept.json"), "kept");
        String run = bundle.toString();
        refused("known: bencher, gh-action-smaller", "export", run, "--format", "xml", "--out", file.toString());
        refused("takes one bundle", "export", run, run, "--format", "bencher", "--out", file.toString());
        refused("is not a valid bundle", "export", folder + "/gone", "--format", "csv");
        refused(
                "ridgepoint: cannot write " + folder + "/none/out.csv: there is no such folder",
                "export",
                run,
                "--format",
                "csv",
                "--out",
                folder + "/none/out.csv");
        Files.writeString(
                bundle.resolve("result.json"),
                Files.readString(bundle.resolve("result.json")).replace("no such device", "some other device"));
        refused("is not a valid bundle", "export", run, "--format", "csv", "--out", file.toString());
        assertEquals("kept", Files.readString(file));
    }

    private static void refused(String why, String... arguments) {
        Cli.Answer answer = Cli.run(arguments);
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count(), answer.err());
        assertTrue(answer.error().contains(why), answer.err());
    }
}
