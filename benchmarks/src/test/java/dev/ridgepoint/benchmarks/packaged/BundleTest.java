package dev.ridgepoint.benchmarks.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive for GPU boxes, made of the jar that was just built: run after packaging, where nothing is installed. */
class BundleTest {
    private static final long LARGEST = 45_000_000;
    private static final boolean XZ = Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "xz")));

    @TempDir
    private static Path folder;

    private static Path archive;

    @BeforeAll
    static void pack() throws Exception {
        archive = folder.resolve("ridgepoint" + (XZ ? ".tar.xz" : ".tar.gz"));
        Path jar = Path.of("target", "benchmarks.jar").toAbsolutePath();
        assertTrue(Files.exists(jar), "packaging comes first: " + jar);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        run(0, java.toString(), "-jar", jar.toString(), "bundle", "--out", archive.toString());
        run(0, "tar", "--extract", "--file=" + archive);
    }

    /** Packed in a hurry, see {@link #run}: what travels is several MB smaller. */
    @Test
    void staysBelowItsLimit() throws IOException {
        if (!XZ) {
            System.out.println("Skipped: the archive's size is not checked: xz is not on the PATH");
        }
        assumeTrue(XZ, "xz is not on the PATH");
        long bytes = Files.size(archive);
        System.out.println("bundle: " + bytes + " bytes of " + LARGEST);
        assertTrue(bytes < LARGEST, bytes + " bytes");
    }

    @Test
    void everyKernelOfTheCpuIsRightInAnEmptyEnvironment() throws Exception {
        String said = runInEmptyEnvironment("ridgepoint/ridgepoint", "verify", "--backend", "cpu", "--cases", "2");
        Matcher counts = Pattern.compile("(\\d+) correct, 0 incorrect, 0 failed, \\d+ skipped")
                .matcher(said);
        assertTrue(counts.find() && Integer.parseInt(counts.group(1)) > 0, said);
    }

    @Test
    void aSessionLooksAtItsDeviceInAnEmptyEnvironment() throws Exception {
        String said = runInEmptyEnvironment(
                "ridgepoint/gpu-session",
                "--driver",
                "emulated",
                "--steps",
                "doctor",
                "--budget",
                "600",
                "--out",
                "session");
        assertTrue(said.matches("(?s).*\\ndoctor +ok .*"), said);
    }

    /** Some of what a session records; all of it, and against what was recorded, in the tests of {@code native}. */
    @Test
    void theEmulatedDriverIsRecordedInAnEmptyEnvironment() throws Exception {
        Emulator.require();
        String said = runInEmptyEnvironment(
                "ridgepoint/ridgepoint",
                "conformance",
                "record",
                "--driver",
                "emulated",
                "--only",
                "cvt",
                "--out",
                "conformance");
        Matcher counts = Pattern.compile("(\\d+) recorded, .*0 failed, 0 left; in conformance")
                .matcher(said);
        assertTrue(counts.find() && Integer.parseInt(counts.group(1)) > 10, said);
    }

    @Test
    void aRunOnTheEmulatedDriverCountsAndHasNoTimeInAnEmptyEnvironment() throws Exception {
        Emulator.require();
        Files.writeString(
                folder.resolve("shapes.json"),
                "[{\"id\": \"m5\", \"op\": \"gemm\", \"precision\": \"fp32\", \"shape\": {\"M\": 5, \"N\": 7, \"K\": 33}}]");
        String said = runInEmptyEnvironment(
                "ridgepoint/ridgepoint",
                "run",
                "--driver",
                "emulated",
                "--kernel",
                "gemm/sm80_fp32_naive",
                "--shapes",
                "shapes.json",
                "--forks",
                "1",
                "--out",
                "simulated");
        assertTrue(said.contains("1 case: 0 measured (0 valid), 1 simulated."), said);

        Path bundle = folder.resolve("simulated");
        assertEquals(List.of(), BundleValidator.validate(bundle));
        List<CaseResult> cases = new ArrayList<>();
        BundleReader.open(bundle).cases(cases::add);
        assertEquals(1, cases.size());
        Outcome.Simulated simulated =
                assertInstanceOf(Outcome.Simulated.class, cases.get(0).outcome());
        assertTrue(simulated.correctness().passed());
        assertEquals(1, simulated.counters().get("launches"));
        // Five rows of 28 bytes, a block each: the first lies in one sector of 32, the others in two.
        assertEquals(9, simulated.counters().get("ptx.globalStores.uniqueSectors"));
        assertEquals(0, Files.size(bundle.resolve("iterations.ndjson")));
        assertFalse(Files.exists(bundle.resolve("jmh.json")));
    }

    private static String runInEmptyEnvironment(String... command) throws Exception {
        List<String> whole = new ArrayList<>(List.of("/usr/bin/env", "-i", "PATH=/bin:/usr/bin", "HOME=" + folder));
        whole.addAll(List.of(command));
        return run(0, whole.toArray(String[]::new));
    }

    private static String run(int status, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(folder.toFile());
        // Faster than xz is by itself, and as small as the limit of the archive needs, which -4 is not on a JDK 25.
        builder.environment().put("XZ_OPT", "-5 --threads=2");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(status, process.waitFor(), said);
        return said;
    }
}
