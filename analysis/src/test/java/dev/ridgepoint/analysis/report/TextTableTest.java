package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAlign() {
        TextTable table = new TextTable("case", ">time");
        table.section("llama/");
        table.row(List.of("  decode", "1.0 µs"));
        table.row(List.of("  prefill", "12.0 ms"));
        assertEquals("""
                case          time
                ---------  -------
                llama/
                  decode    1.0 µs
                  prefill  12.0 ms
                """, table.plain(120));
    }

    @Test
    void aLongNameHasALineToItself() {
        TextTable table = new TextTable("case", ">time");
        String name = "a-name-longer-than-any-column-should-be-wide-for-its-sake";
        table.row(List.of(name, "1 s"));
        table.row(List.of("short", "2 s"));
        assertEquals(
                List.of(
                        "case" + " ".repeat(36) + " time",
                        "-".repeat(40) + " ----",
                        name,
                        " ".repeat(40) + "  1 s",
                        "short" + " ".repeat(35) + "  2 s"),
                table.plain(30).lines().toList());
    }

    @Test
    void namesCannotBreakATableOrATerminal() {
        TextTable table = new TextTable("case", "kernel");
        table.row(List.of("a\nb\u001b[31m\u202ec", "x|y<z>"));
        assertFalse(table.plain(120).contains("\u001b"));
        assertEquals(3, table.plain(120).lines().count());
        assertEquals(
                "| a\ufffdb\ufffd[31m\ufffdc | x\\|y&lt;z> |",
                table.markdown().lines().skip(2).findFirst().orElseThrow());
    }

    @Test
    void cellsMustFitTheHeadings() {
        assertThrows(IllegalArgumentException.class, () -> new TextTable("a", "b").row(List.of("1", "2", "3")));
    }
}
