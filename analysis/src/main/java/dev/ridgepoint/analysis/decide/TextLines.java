package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.report.Names;
import dev.ridgepoint.analysis.report.TextTable;
import java.util.List;

/** Lines, tables and gaps of a decision's text. */
final class TextLines {
    private static final int WIDTH = 120;

    private final StringBuilder out = new StringBuilder();

    void line(String text) {
        out.append(Names.oneLine(text)).append('\n');
    }

    void gap() {
        out.append('\n');
    }

    void table(TextTable table) {
        out.append(table.plain(WIDTH));
    }

    /** Sentences under a head; nothing where there are none. */
    void sentences(String head, List<String> sentences) {
        if (!sentences.isEmpty()) {
            gap();
            line(head);
            sentences.forEach(sentence -> line("  " + sentence));
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
