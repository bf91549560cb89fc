package dev.ridgepoint.benchmarks.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.device.library.BundledLibrary;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        String said = run(
                0,
                "/usr/bin/env",
                "-i",
                "PATH=/bin:/usr/bin",
                "HOME=" + folder,
                "ridgepoint/ridgepoint",
                "verify",
                "--backend",
                "cpu",
                "--cases",
                "2");
        Matcher counts = Pattern.compile("(\\d+) correct, 0 incorrect, 0 failed, \\d+ skipped")
                .matcher(said);
        assertTrue(counts.find() && Integer.parseInt(counts.group(1)) > 0, said);
    }

    @Test
    void aSessionRecordsOnTheEmulatedDriverInAnEmptyEnvironment() throws Exception {
        String said = run(
                0,
                "/usr/bin/env",
                "-i",
                "PATH=/bin:/usr/bin",
                "HOME=" + folder,
                "ridgepoint/gpu-session",
                "--driver",
                "emulated",
                "--steps",
                "doctor,conformance",
                "--budget",
                "600",
                "--out",
                "session");
        assertTrue(said.matches("(?s).*\\ndoctor +ok .*"), said);
        boolean emulator = BundledLibrary.find(
                        BundledLibrary.class, "/dev/ridgepoint/device/emulator/linux-x86_64/libridgepoint_emulator.so")
                .isPresent();
        String conformance =
                emulator ? "(?s).*\\nconformance +ok .* 0 left; in conformance\\n" : "(?s).*failed \\(3\\).*";
        assertTrue(said.matches(conformance), said);
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
