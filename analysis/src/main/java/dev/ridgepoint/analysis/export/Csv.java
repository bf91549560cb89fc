package dev.ridgepoint.analysis.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Rows after RFC 4180, lines ending in a line feed: quoted where a comma, a quote or a line break asks for it. */
final class Csv {
    private final Writer out;

    Csv(Writer out) {
        this.out = out;
    }

    /** Writes a row; a null is an empty cell. */
    void row(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.write(i == 0 ? "" : ",");
            out.write(cells.get(i) == null ? "" : cell(cells.get(i)));
        }
        out.write('\n');
    }

    private static String cell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && text.equals(text.strip());
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** The shortest decimal that reads back as the same double; empty where there is none. */
    static String number(Double value) {
        return value == null || !Double.isFinite(value) ? null : value.toString();
    }
}
