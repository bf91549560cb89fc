package dev.ridgepoint.analysis.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows under headings, columns aligned, as plain text or Markdown. */
public final class TextTable {
    /** Which edge a column's cells share. */
    enum Align {
        LEFT,
        RIGHT
    }

    /** A first cell up to this long is not wrapped, whatever the width. */
    private static final int LEAST_FIRST = 40;

    private final List<String> headings;
    private final List<Align> aligns;
    /** A row of one cell is a heading over the rows that follow. */
    private final List<List<String>> rows = new ArrayList<>();

    /** A heading that begins with {@code >} makes its column flush right. */
    public TextTable(String... headings) {
        this.headings = Arrays.stream(headings)
                .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                .toList();
        this.aligns = Arrays.stream(headings)
                .map(heading -> heading.startsWith(">") ? Align.RIGHT : Align.LEFT)
                .toList();
    }

    /** Adds a row, a cell for each heading. */
    public void row(List<String> cells) {
        if (cells.size() != headings.size()) {
            throw new IllegalArgumentException(cells.size() + " cells under " + headings.size() + " headings");
        }
        rows.add(cells.stream().map(Names::oneLine).toList());
    }

    /** A heading over the rows that follow; takes part in no column. */
    public void section(String heading) {
        rows.add(List.of(Names.oneLine(heading)));
    }

    /**
     * Lines of at most {@code width} where the other columns leave the first one room: columns stand two blanks apart, or
     * one if that helps, and a first cell too long for its column has a line to itself.
     */
    public String plain(int width) {
        int[] widths = new int[headings.size()];
        measure(headings, widths);
        rows.stream().filter(row -> row.size() > 1).forEach(row -> measure(row, widths));
        int gaps = widths.length - 1;
        int cells = Arrays.stream(widths).sum();
        String gap = cells + 2 * gaps <= width ? "  " : " ";
        widths[0] = Math.min(widths[0], Math.max(LEAST_FIRST, width - gaps * gap.length() - (cells - widths[0])));
        StringBuilder out = new StringBuilder();
        line(out, headings, widths, gap);
        out.append(Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining(gap)))
                .append('\n');
        for (List<String> row : rows) {
            if (row.size() == 1) {
                out.append(row.get(0)).append('\n');
            } else {
                line(out, row, widths, gap);
            }
        }
        return out.toString();
    }

    /** The same as a Markdown table. */
    public String markdown() {
        StringBuilder out = new StringBuilder();
        markdownLine(out, headings);
        for (Align align : aligns) {
            out.append(align == Align.RIGHT ? "|---:" : "|---");
        }
        out.append("|\n");
        rows.stream().filter(row -> row.size() > 1).forEach(row -> markdownLine(out, row));
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

    private void line(StringBuilder out, List<String> cells, int[] widths, String gap) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (width(cells.get(i)) > widths[i]) {
                line.append(cells.get(i)).append('\n').append(" ".repeat(widths[i]));
                continue;
            }
            String pad = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(i == 0 ? "" : gap);
            line.append(aligns.get(i) == Align.RIGHT ? pad + cells.get(i) : cells.get(i) + pad);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
