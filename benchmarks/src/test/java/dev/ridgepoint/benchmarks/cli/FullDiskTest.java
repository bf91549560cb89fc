package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command writes is there, or its status and one line say that it is not. */
class FullDiskTest {
    @TempDir
    private Path folder;

    /** {@code export > figures.csv} on a full disk left half a file and a status of 0. */
    @Test
    void halfAnAnswerIsNoSuccess() throws Exception {
        Path bundle = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("run"));
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "export",
                        bundle.toString(),
                        "--format",
                        "csv")
                .redirectOutput(new File("/dev/full"))
                .redirectError(errors.toFile())
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "no end of it");
        assertEquals(2, process.exitValue(), Files.readString(errors));
        assertTrue(Files.readString(errors).contains("standard output: closed or full"), Files.readString(errors));
    }

    @Test
    void aPageThatCannotBeWrittenIsNamed() throws IOException {
        Path bundle = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("run"));
        Path file = Files.writeString(folder.resolve("file"), "");
        for (String option : new String[] {"--html", "--junit"}) {
            Path page = file.resolve("page");
            Cli.Answer answer = Cli.run("compare", bundle.toString(), bundle.toString(), option, page.toString());
            assertEquals(2, answer.status(), answer.toString());
            assertTrue(answer.error().startsWith("ridgepoint: cannot write " + page + ": "), answer.error());
            assertEquals(1, answer.error().lines().count(), answer.error());
        }
    }

    /** Every command that leaves a single file says which it could not write, in the same words. */
    @Test
    void aFileThatCannotBeWrittenIsNamed() throws IOException {
        Path bundle = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("run"));
        Path page = Files.writeString(
                folder.resolve("page.md"), "<!-- ridgepoint:run:begin -->\n<!-- ridgepoint:run:end -->\n");
        String gone = folder.resolve("gone/file").toString();
        cannotWrite(gone, "export", bundle.toString(), "--format", "csv", "--out", gone);
        cannotWrite("/dev/full", "export", bundle.toString(), "--format", "csv", "--out", "/dev/full");
        String inTheWay = Files.createDirectory(folder.resolve("folder")).toString();
        cannotWrite(inTheWay, "export", bundle.toString(), "--format", "csv", "--out", inTheWay);
        Cli.Answer below = Cli.run(
                "decide",
                bundle.toString(),
                "--out",
                page.resolve("record.json").toString());
        assertEquals(2, below.status(), below.toString());
        assertEquals(
                "ridgepoint: " + page + ": in the way, being there already; name another place",
                below.error().strip());
        if (!"root".equals(System.getProperty("user.name"))) {
            assertTrue(folder.toFile().setWritable(false));
            try {
                cannotWrite(page.toString(), "report", bundle.toString(), "--into", page.toString());
            } finally {
                assertTrue(folder.toFile().setWritable(true));
            }
        }
        assertTrue(Files.isDirectory(Path.of(inTheWay)), "a folder stays what it is");
    }

    private static void cannotWrite(String file, String... words) {
        Cli.Answer answer = Cli.run(words);
        assertEquals(2, answer.status(), answer.toString());
        assertTrue(answer.error().startsWith("ridgepoint: cannot write " + file + ": "), answer.error());
        assertEquals(1, answer.error().lines().count(), answer.error());
    }

    @Test
    void aBundleThatCannotBeReadIsNotBlamedOnThePage() throws IOException {
        Path bundle = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("run"));
        Files.delete(bundle.resolve("context.json"));
        Path page = folder.resolve("page.html");
        Cli.Answer answer = Cli.run("report", bundle.toString(), "--html", page.toString());
        assertEquals(2, answer.status(), answer.toString());
        assertTrue(answer.error().endsWith("there is no such file as context.json"), answer.error());
        assertFalse(answer.error().contains("page.html"), answer.error());
    }

    /** The file that was copied is sound, and what could not be copied is not left half. */
    @Test
    void aBaselineThatCannotBeKeptLeavesNothing() throws IOException {
        Path bundle = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("run"));
        Path root = folder.resolve("baselines");
        assertEquals(
                0,
                Cli.run("baseline", "set", bundle.toString(), "--root", root.toString())
                        .status());
        Path device;
        try (var devices = Files.list(root)) {
            device = devices.findFirst().orElseThrow();
        }
        Path other = Files.createDirectory(folder.resolve("others"));
        Path inTheWay = Files.writeString(other.resolve(device.getFileName()), "");
        Cli.Answer answer = Cli.run("baseline", "set", bundle.toString(), "--root", other.toString());
        assertEquals(2, answer.status(), answer.toString());
        assertTrue(answer.error().startsWith("ridgepoint: cannot write " + inTheWay), answer.error());
        assertFalse(answer.error().contains("iterations.ndjson"), answer.error());
    }
}
