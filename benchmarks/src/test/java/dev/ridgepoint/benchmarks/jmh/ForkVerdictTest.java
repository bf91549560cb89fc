package dev.ridgepoint.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.Correctness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkVerdictTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("a.verdict");
    }

    @Test
    void survivesItsFileWithNothingThereAndNothingFinite() throws IOException {
        ForkVerdict bare = ForkVerdict.without(ForkVerdict.SKIPPED, "because = of: this\nand \"that\" \u00e9");
        bare.write(file);
        assertEquals(bare, ForkVerdict.read(file));

        ForkVerdict full = new ForkVerdict(
                ForkVerdict.INCORRECT,
                "NaN everywhere",
                "jit:avx2",
                "abc",
                3,
                2,
                new Correctness(
                        false,
                        "full",
                        1L << 40,
                        3,
                        0,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        1.0 / 3,
                        Double.MIN_VALUE,
                        -1,
                        null,
                        7,
                        1e-5,
                        "elementwise",
                        "theory"),
                "yes",
                "{\"ptx.ctas\":7}");
        full.write(file);
        assertEquals(full, ForkVerdict.read(file));
    }

    @Test
    void namesFileAndMemberOfWhatCannotBeRead() throws IOException {
        Files.writeString(file, "outcome=measured\nsets=2\n");
        String message =
                assertThrows(IOException.class, () -> ForkVerdict.read(file)).getMessage();
        assertTrue(message.contains("a.verdict") && message.contains("setsTimed"), message);
    }

    @Test
    void aForkWithoutVerdictHasNotEnded() throws IOException {
        ForkFiles files = new ForkFiles(folder.resolve("x"));
        Files.writeString(files.iterations(), "half a line");
        assertTrue(files.outcome().isEmpty());
        files.clear();
        assertTrue(Files.notExists(files.iterations()));
    }
}
