package dev.ridgepoint.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
    private static final Exception THROWN = new IllegalStateException("outer", new ArithmeticException("inner"));

    @TempDir
    private Path folder;

    @Test
    void namesTheExitCodeTheSignalAndTheLastLine() {
        LastWords words = of("""
                # Fork: 1 of 1
                <forked VM failed with exit code 134>
                <stdout last='20 lines'>
                </stdout>
                <stderr last='20 lines'>
                first line
                kernel: assertion failed
                </stderr>

                Benchmark had encountered error, and fail on error was requested
                """);
        assertEquals("the fork ended with exit code 134 (aborted): kernel: assertion failed", words.sentence());
        assertFalse(words.interrupted());
    }

    @Test
    void whatTheForkPrintedThroughJavaCountsToo() {
        LastWords words = LastWords.of(write("<forked VM failed with exit code 3>\n"), "one\ntwo\n", THROWN);
        assertEquals("the fork ended with exit code 3: two", words.sentence());
    }

    @Test
    void findsTheFrameInTheJvmsCrashReport() {
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
    void aForkThatWasToldToStopIsInterrupted() {
        assertTrue(of("<forked VM failed with exit code 130>\n").interrupted());
        assertTrue(of("<forked VM failed with exit code 143>\n").interrupted());
    }

    @Test
    void withoutADeadForkSaysWhatWasThrownInmost() {
        LastWords words = of("# all went well\n");
        assertNull(words.exitCode());
        assertTrue(words.sentence().endsWith("java.lang.ArithmeticException: inner"), words.sentence());
    }

    @Test
    void cutsEndlessLinesAndLivesWithoutALog() {
        LastWords words = of("<forked VM failed with exit code 1>\n" + "x".repeat(10_000) + "\n");
        assertTrue(words.sentence().length() < 400);
        assertTrue(
                LastWords.of(folder.resolve("missing"), "", THROWN).sentence().contains("inner"));
    }

    private LastWords of(String log) {
        return LastWords.of(write(log), "", THROWN);
    }

    private Path write(String log) {
        try {
            return Files.writeString(folder.resolve("log"), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
