package dev.ridgepoint.device.cpu.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresPageTest {
    private static final String FIRST = "<!-- ridgepoint:cpu-figures:a-cpu-r-2-5ghz:";

    @TempDir
    Path folder;

    private String written(String processor, String load, String page) throws IOException {
        Path file = Files.writeString(folder.resolve("page.md"), page);
        FiguresPage figures = new FiguresPage(processor);
        figures.context("load", load);
        figures.replaceIn(file);
        return Files.readString(file);
    }

    @Test
    void eachProcessorHasItsOwnSection() throws IOException {
        String one = written("A CPU(R) @2.5GHz", "1", "# Figures\n");
        String expected =
                "# Figures\n\n## A CPU(R) @2.5GHz\n\n" + FIRST + "begin -->\n- load: 1\n" + FIRST + "end -->\n";
        assertEquals(expected, one);
        String both = written("Another", "2", one);
        assertEquals(expected, both.substring(0, expected.length()));
        assertEquals(both.replace("load: 1", "load: 3"), written("A CPU(R) @2.5GHz", "3", both));
    }

    @Test
    void aMarkerThatStandsAloneIsRefused() {
        assertThrows(IOException.class, () -> written("A CPU(R) @2.5GHz", "1", FIRST + "end -->\n"));
        assertThrows(IOException.class, () -> written("A CPU(R) @2.5GHz", "1", FIRST + "begin -->\n"));
    }
}
