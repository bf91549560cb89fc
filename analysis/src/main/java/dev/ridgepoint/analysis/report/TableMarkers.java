package dev.ridgepoint.analysis.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tables in Markdown pages that only a tool writes, between {@code <!-- ridgepoint:NAME:begin -->} and {@code <!--
 * ridgepoint:NAME:end -->}. Everything outside the markers is left byte for byte.
 */
public final class TableMarkers {
    private TableMarkers() {}

    /**
     * Puts the table between its markers.
     *
     * @return whether the page changed
     * @throws IllegalArgumentException if the page does not have each marker exactly once, in order
     */
    public static boolean update(Path md, String name, String table) throws IOException {
        String page = Files.readString(md, StandardCharsets.UTF_8);
        String updated = replaced(md, page, name, table);
        if (updated.equals(page)) {
            return false;
        }
        Files.writeString(md, updated, StandardCharsets.UTF_8);
        return true;
    }

    /** Whether the page already says what the table says. */
    public static boolean isCurrent(Path md, String name, String table) throws IOException {
        String page = Files.readString(md, StandardCharsets.UTF_8);
        return replaced(md, page, name, table).equals(page);
    }

    private static String replaced(Path md, String page, String name, String table) {
        String begin = "<!-- ridgepoint:" + name + ":begin -->";
        String end = "<!-- ridgepoint:" + name + ":end -->";
        int from = only(md, page, begin) + begin.length();
        int to = only(md, page, end);
        if (to < from) {
            throw new IllegalArgumentException(md + ": " + end + " stands before " + begin);
        }
        if (table.contains(begin) || table.contains(end)) {
            throw new IllegalArgumentException(md + ": the table itself holds a marker of '" + name + "'");
        }
        return page.substring(0, from) + "\n" + table.strip() + "\n" + page.substring(to);
    }

    private static int only(Path md, String page, String marker) {
        int at = page.indexOf(marker);
        if (at < 0) {
            throw new IllegalArgumentException(md + ": the line " + marker + " is missing");
        }
        if (page.indexOf(marker, at + 1) >= 0) {
            throw new IllegalArgumentException(md + ": the line " + marker + " is there twice");
        }
        return at;
    }
}
