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
    private static final long MOST_BYTES = 64L << 20;

    private TableMarkers() {}

    /**
     * Puts the table between its markers.
     *
     * @return whether the page changed
     * @throws IllegalArgumentException if the page does not have each marker exactly once, in order
     */
    public static boolean update(Path md, String name, String table) throws IOException {
        String page = page(md);
        String updated = replaced(md, page, name, table);
        if (updated.equals(page)) {
            return false;
        }
        WholeFile.write(md, updated);
        return true;
    }

    /** Whether the page already says what the table says. */
    public static boolean isCurrent(Path md, String name, String table) throws IOException {
        String page = page(md);
        return replaced(md, page, name, table).equals(page);
    }

    /**
     * What stands between the markers, without blank lines around it.
     *
     * @throws IllegalArgumentException if the page does not have each marker exactly once, in order
     */
    public static String table(Path md, String name) throws IOException {
        String page = page(md);
        return page.substring(start(md, page, name), end(md, page, name)).strip();
    }

    private static String page(Path md) throws IOException {
        if (Files.isDirectory(md)) {
            throw new IllegalArgumentException(md + ": a folder; expected a Markdown page");
        }
        if (Files.size(md) > MOST_BYTES) {
            throw new IllegalArgumentException(md + ": larger than a page may be (64 MiB)");
        }
        return Files.readString(md, StandardCharsets.UTF_8);
    }

    private static int start(Path md, String page, String name) {
        String begin = "<!-- ridgepoint:" + name + ":begin -->";
        return only(md, page, begin) + begin.length();
    }

    private static int end(Path md, String page, String name) {
        String end = "<!-- ridgepoint:" + name + ":end -->";
        int to = only(md, page, end);
        if (to < start(md, page, name)) {
            throw new IllegalArgumentException(
                    md + ": " + end + " stands before <!-- ridgepoint:" + name + ":begin -->");
        }
        return to;
    }

    private static String replaced(Path md, String page, String name, String table) {
        int from = start(md, page, name);
        int to = end(md, page, name);
        String begin = "<!-- ridgepoint:" + name + ":begin -->";
        String end = "<!-- ridgepoint:" + name + ":end -->";
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
