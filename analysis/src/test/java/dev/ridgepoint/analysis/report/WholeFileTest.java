package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.bundle.BundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void aLinkStaysAndPointsToTheNewText() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
        WholeFile.write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(file));
    }

    /** Renamed over, an empty folder would be gone, and a device too. */
    @Test
    void whatIsNoFileIsNotReplaced() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertEquals("cannot write " + empty + ": it is a folder", refused(empty));
        assertTrue(Files.isDirectory(empty));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/null"));
        WholeFile.write(link, "text");
        assertEquals(Path.of("/dev/null"), link.toRealPath());
        assertEquals("cannot write /dev/full: No space left on device", refused(Path.of("/dev/full")));
    }

    @Test
    void whatCannotBeWrittenIsNamedAndNothingIsLeft() throws IOException {
        Path gone = folder.resolve("gone/file");
        assertEquals("cannot write " + gone + ": there is no such folder", refused(gone));
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static String refused(Path file) {
        return assertThrows(BundleException.class, () -> WholeFile.write(file, "text"))
                .getMessage();
    }
}
