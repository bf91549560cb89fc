package dev.ridgepoint.analysis.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings, columns aligned, as plain text or Markdown. */
final class TextTable {
    /** Which edge a column's cells share. */
    enum Align {
        LEFT,
        RIGHT
    }

    private final List<String> headings;
    private final List<Align> aligns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A heading that begins with {@code >} makes its column flush right. */
    TextTable(String... headings) {
        this.headings = Arrays.stream(headings)
                .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                .toList();
        this.aligns = Arrays.stream(headings)
                .map(heading -> heading.startsWith(">") ? Align.RIGHT : Align.LEFT)
                .toList();
    }

    void row(List<String> cells) {
        if (cells.size() != headings.size()) {
            throw new IllegalArgumentException(cells.size() + " cells under " + headings.size() + " headings");
        }
        rows.add(cells.stream().map(TextTable::oneLine).toList());
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Names come from files: control characters must not reach a terminal, nor a line break a table. */
    static String oneLine(String cell) {
        return cell.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]", "\ufffd");
    }

    String plain() {
        int[] widths = new int[headings.size()];
        measure(headings, widths);
        rows.forEach(row -> measure(row, widths));
        StringBuilder out = new StringBuilder();
        line(out, headings, widths);
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "  ").append("-".repeat(widths[i]));
        }
        out.append(rule).append('\n');
        rows.forEach(row -> line(out, row, widths));
        return out.toString();
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        markdownLine(out, headings);
        for (Align align : aligns) {
            out.append(align == Align.RIGHT ? "|---:" : "|---");
        }
        out.append("|\n");
        rows.forEach(row -> markdownLine(out, row));
        return out.toString();
    }

    private static void markdownLine(StringBuilder out, List<String> cells) {
        for (String cell : cells) {
            out.append("| ")
                    .append(cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;"))
                    .append(' ');
        }
        out.append("|\n");
    }

    private static void measure(List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], width(cells.get(i)));
        }
    }

    private void line(StringBuilder out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(i == 0 ? "" : "  ");
            line.append(aligns.get(i) == Align.RIGHT ? pad + cells.get(i) : cells.get(i) + pad);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
