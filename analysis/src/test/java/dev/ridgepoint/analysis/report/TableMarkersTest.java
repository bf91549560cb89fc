package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableMarkersTest {
    private static final String BEGIN = "<!-- ridgepoint:example:begin -->";
    private static final String END = "<!-- ridgepoint:example:end -->";

    @TempDir
    private Path folder;

    @Test
    void replacesWhatIsBetweenAndNothingElse() throws IOException {
        Path page = page("# Title\r\n" + BEGIN + "\nold\n" + END + "\nafter\n");
        assertFalse(TableMarkers.isCurrent(page, "example", "| new |\n"));
        assertTrue(TableMarkers.update(page, "example", "| new |\n"));
        assertEquals("# Title\r\n" + BEGIN + "\n| new |\n" + END + "\nafter\n", Files.readString(page));
        assertTrue(TableMarkers.isCurrent(page, "example", "| new |"));
        assertFalse(TableMarkers.update(page, "example", "| new |"), "a current page is left alone");
    }

    @Test
    void missingDoubledOrSwappedMarkersAreNamed() throws IOException {
        refuses("ridgepoint:example:begin --> is missing", "no markers");
        refuses("ridgepoint:example:end --> is missing", BEGIN);
        refuses("is there twice", BEGIN + END + BEGIN);
        refuses("stands before", END + BEGIN);
    }

    @Test
    void aTableCannotSmuggleAMarker() throws IOException {
        Path page = page(BEGIN + END);
        assertThrows(IllegalArgumentException.class, () -> TableMarkers.update(page, "example", END));
    }

    private void refuses(String words, String text) throws IOException {
        Path page = page(text);
        String message = assertThrows(IllegalArgumentException.class, () -> TableMarkers.update(page, "example", "t"))
                .getMessage();
        assertTrue(message.contains(words), message);
        assertEquals(text, Files.readString(page));
    }

    private Path page(String text) throws IOException {
        return Files.writeString(folder.resolve("page.md"), text);
    }
}
