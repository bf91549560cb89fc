package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.Emulator;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kernel of the CPU on every directed problem with operands of every distribution: rows that other processors cannot run are run
 * wherever this is, and what only rare values show is shown. A JVM of its own compiles what computes expectations better.
 */
class CpuVerifyTest {
    private static final Pattern COUNTS = Pattern.compile("(\\d+) correct, 0 incorrect, 0 failed, \\d+ skipped");
    /** What fp32 alone has, which every processor multiplies, and quantisers. */
    private static final int LEAST = 300;

    @TempDir
    private Path folder;

    @Test
    void noKernelIsWrongOnAnyInputs() throws Exception {
        Emulator.Ended ended = Emulator.run(
                folder, Main.class, List.of(), List.of("verify", "--backend", "cpu", "--every-distribution"));
        assertEquals(0, ended.status(), ended.said());
        Matcher counts = COUNTS.matcher(ended.said());
        assertTrue(counts.find() && Integer.parseInt(counts.group(1)) >= LEAST, ended.said());
    }
}
