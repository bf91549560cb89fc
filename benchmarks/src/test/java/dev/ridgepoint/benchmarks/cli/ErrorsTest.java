package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ridgepoint.benchmarks.jmh.MachineLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a user gets wrong is one line that says what to do, and a status that scripts can tell apart. */
class ErrorsTest {
    private static final int REFUSED = 2;
    private static final int MISSING = 3;

    @TempDir
    private Path folder;

    @Test
    void unknownNamesAreRefusedWithTheKnownOnes() {
        refused("smoke", "run", "--suite", "smok", "--dry-run");
        refused("llama-3-8b", "run", "--model", "llama-3-8", "--dry-run");
        refused("gemm", "list", "--op", "gem");
        refused("bf16", "list", "--precision", "bf61");
        refused("decode", "list", "--phase", "decoding");
        refused("auto, cpu, jcuda, jni", "verify", "--backend", "gpu");
        refused("warm, cold", "run", "--cache", "hot", "--dry-run");
        refused("normal", "run", "--distribution", "zeros", "--dry-run");
    }

    @Test
    void aFilterThatLeavesNothingSaysSo() {
        refused("list --suite full", "run", "--suite", "smoke", "--op", "gemm", "--precision", "nvfp4", "--dry-run");
    }

    @Test
    void numbersOutOfRangeNameTheirOption() {
        refused("--forks", "run", "--forks", "0", "--dry-run");
        refused("--forks", "run", "--forks", "many", "--dry-run");
        refused("--threads", "run", "--threads", "0", "--dry-run");
        refused("--shard", "run", "--shard", "3/2", "--dry-run");
        refused("--case-timeout", "run", "--case-timeout", "soon", "--dry-run");
        refused("--time-budget", "run", "--time-budget", "0s", "--dry-run");
        refused("--driver", "run", "--backend", "cpu", "--driver", "emulated", "--dry-run");
    }

    @Test
    void aMissingDriverIsAMissingPrerequisite() {
        assumeFalse(Gpu.driverIsInstalled(), "this machine has a CUDA driver");
        for (String backend : List.of("jcuda", "jni")) {
            Cli.Answer answer = Cli.run("run", "--backend", backend, "--dry-run");
            assertEquals(MISSING, answer.status(), answer.toString());
            assertEquals(1, answer.error().lines().count(), answer.error());
            assertTrue(answer.error().startsWith("ridgepoint: no CUDA driver: "), answer.error());
            assertTrue(answer.error().endsWith("; install NVIDIA's driver, or use --backend cpu"), answer.error());
        }
    }

    @Test
    void withoutADriverAutoIsTheCpu() {
        assumeFalse(Gpu.driverIsInstalled(), "this machine has a CUDA driver");
        Cli.Answer answer = Cli.run("run", "--suite", "smoke", "--dry-run");
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(answer.out().contains("cpu-call"), answer.out());
    }

    @Test
    void domainsBelongToBackends() throws IOException {
        refused("cpu-call, and no 'device-event'", "run", "--backend", "cpu", "--domain", "device-event", "--dry-run");
        refused("cpu-call, and no 'soon'", "run", "--backend", "fake", "--shapes", oneShape(), "--domain", "soon");
    }

    @Test
    void choicesOfDriverAndDeviceAreChecked() {
        refused("--driver", "verify", "--backend", "jni", "--driver", "other");
        refused("--device", "verify", "--backend", "cpu", "--device", "0");
        refused("--emulated-arch", "verify", "--backend", "jni", "--emulated-arch", "90a");
        refused("80, 89, 90a, 120", "verify", "--driver", "emulated", "--emulated-arch", "75");
        System.setProperty("ridgepoint.emulator", folder.resolve("nowhere.so").toString());
        try {
            refused("-Dridgepoint.emulator: no file", "verify", "--backend", "jni", "--driver", "emulated");
            refused("-Dridgepoint.emulator: no file", "list", "--backend", "jcuda", "--driver", "emulated");
        } finally {
            System.clearProperty("ridgepoint.emulator");
            System.clearProperty("ridgepoint.driver");
        }
    }

    @Test
    void bothSourcesOfCasesAtOnceAreTooMany() {
        refused("mutually exclusive", "run", "--suite", "smoke", "--sweep", "x", "--dry-run");
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        Path nowhere = folder.resolve("nowhere");
        refused("nowhere", "run", "--shapes", nowhere.toString(), "--dry-run");
        refused("nowhere", "report", nowhere.toString());
        refused("nowhere", "cite", nowhere.toString(), "x");
        refused("nowhere", "run", "--resume", nowhere.toString());
        assertEquals(REFUSED, Cli.run("validate", nowhere.toString()).status());
    }

    /** Prices stand for every file that is read so: its name, then what is wrong, in our words. */
    @Test
    void whatIsNoJsonIsSaidInOurWords() throws IOException {
        Path bundle = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("made"));
        Path prices = Files.writeString(folder.resolve("prices.json"), "hello");
        refused(prices + ": not JSON: 'hello' is no value", "decide", bundle.toString(), "--prices", prices.toString());
        refused(prices + ": not JSON: 'hello' is no value", "decide", bundle.toString(), "--mix", prices.toString());
        Files.writeString(prices, "{\n\"prices\": [}");
        refused(prices + " /prices", "decide", bundle.toString(), "--prices", prices.toString());
        refused("not JSON: line 2: unexpected '}'", "decide", bundle.toString(), "--prices", prices.toString());
        Path begun = Files.createDirectory(folder.resolve("begun"));
        Path question = Files.writeString(begun.resolve("question.json"), "{\"command\": ");
        refused(question + " /command: not JSON: ends too early", "ab", "--resume", begun.toString());
    }

    @Test
    void aFolderInUseOrNotWritableIsRefused() throws IOException {
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("thesis.tex"), "precious");
        refused("not empty", "run", "--backend", "fake", "--shapes", oneShape(), "--out", full.toString());
        assertEquals("precious", Files.readString(full.resolve("thesis.tex")));

        Path file = Files.writeString(folder.resolve("file"), "");
        refused(
                "file",
                "run",
                "--backend",
                "fake",
                "--shapes",
                oneShape(),
                "--out",
                file.resolve("run").toString());
        if (!"root".equals(System.getProperty("user.name"))) {
            Path locked = Files.createDirectory(folder.resolve("locked"));
            assertTrue(locked.toFile().setWritable(false));
            refused(
                    "locked",
                    "run",
                    "--backend",
                    "fake",
                    "--shapes",
                    oneShape(),
                    "--out",
                    locked.resolve("run").toString());
        }
    }

    @Test
    void aMachineThatMeasuresAlreadyIsLeftAlone() throws IOException {
        try (MachineLock held = MachineLock.tryAcquire()) {
            assertTrue(held != null);
            refused("is measuring on this machine", "run", "--backend", "fake", "--shapes", oneShape());
        }
    }

    @Test
    void theTraceComesOnlyWhenAskedFor() {
        assertTrue(
                Cli.run("run", "--shard", "3/2", "--dry-run", "--debug").err().contains("\tat "));
        assertFalse(Cli.run("run", "--shard", "3/2", "--dry-run").err().contains("\tat "));
    }

    @Test
    void withoutACommandThereIsHelpAndAStatusForScripts() {
        assertEquals(REFUSED, Cli.run().status());
        assertEquals(0, Cli.run("--help").status());
        assertEquals(0, Cli.run("run", "--help").status());
        assertTrue(Cli.run("--version").out().startsWith("ridgepoint "));
        assertTrue(Cli.run("completion").out().contains("complete -F"));
    }

    private String oneShape() throws IOException {
        return OwnShapes.file(folder, 5).toString();
    }

    private static void refused(String hint, String... arguments) {
        Cli.Answer answer = Cli.run(arguments);
        String said = String.join(" ", arguments) + " -> " + answer.error();
        assertEquals(REFUSED, answer.status(), said);
        assertEquals(1, answer.error().lines().count(), said);
        assertTrue(answer.error().startsWith("ridgepoint: "), said);
        assertTrue(answer.error().contains(hint), said);
        assertEquals("", answer.out(), said);
    }
}
