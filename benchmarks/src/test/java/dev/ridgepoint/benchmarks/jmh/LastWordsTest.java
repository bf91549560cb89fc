package dev.ridgepoint.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
    private static final Exception THROWN = new IllegalStateException("outer", new ArithmeticException("inner"));

    @TempDir
    private Path folder;

    @Test
    void namesTheExitCodeTheSignalAndTheLastLine() throws IOException {
        LastWords words = of("""
                # Fork: 1 of 1
                <forked VM failed with exit code 134>
                <stdout last='20 lines'>
                </stdout>
                <stderr last='20 lines'>
                first line
                kernel: assertion failed
                </stderr>
                """);
        assertEquals("the fork ended with exit code 134 (aborted): kernel: assertion failed", words.sentence());
        assertFalse(words.interrupted());
    }

    @Test
    void findsTheFrameInTheJvmsCrashReport() throws IOException {
        LastWords words = of("""
                <forked VM failed with exit code 134>
                <stdout last='20 lines'>
                # A fatal error has been detected by the Java Runtime Environment:
                #  SIGSEGV (0xb) at pc=0x0000
                # If you would like to submit a bug report, please visit:
                </stdout>
                <stderr last='20 lines'>
                </stderr>
                """);
        assertTrue(words.sentence().endsWith("SIGSEGV (0xb) at pc=0x0000"), words.sentence());
    }

    @Test
    void aForkThatWasToldToStopIsInterrupted() throws IOException {
        assertTrue(of("<forked VM failed with exit code 130>\n").interrupted());
        assertTrue(of("<forked VM failed with exit code 143>\n").interrupted());
    }

    @Test
    void withoutADeadForkSaysWhatWasThrownInmost() throws IOException {
        LastWords words = of("# all went well\n");
        assertNull(words.exitCode());
        assertTrue(words.sentence().endsWith("java.lang.ArithmeticException: inner"), words.sentence());
    }

    @Test
    void cutsEndlessLinesAndLivesWithoutALog() throws IOException {
        LastWords words = of("<forked VM failed with exit code 1>\n" + "x".repeat(10_000) + "\n");
        assertTrue(words.sentence().length() < 400);
        assertTrue(LastWords.of(folder.resolve("missing"), THROWN).sentence().contains("inner"));
    }

    private LastWords of(String log) throws IOException {
        Path file = Files.writeString(folder.resolve("log"), log);
        return LastWords.of(file, THROWN);
    }
}
