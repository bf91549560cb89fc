package dev.ridgepoint.analysis.trace.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The columns of a table by its {@code CREATE TABLE}.
 *
 * @param names in order, as written
 * @param ofId the column that is the row id and stored as null, -1 for none
 */
record TableColumns(List<String> names, int ofId) {
    private static final Set<String> CONSTRAINTS = Set.of("constraint", "primary", "unique", "check", "foreign");
    private static final Pattern ROW_ID = Pattern.compile("(?is)\\s*\\S+\\s+integer\\b.*\\bprimary\\s+key\\b.*");

    /** A statement is kept as it was written, and Nsight writes comments. */
    private static final Pattern COMMENT = Pattern.compile("--[^\n]*|(?s:/\\*.*?\\*/)");

    static TableColumns of(String written) {
        String sql = COMMENT.matcher(written).replaceAll(" ");
        List<String> names = new ArrayList<>();
        int ofId = -1;
        for (String part : parts(sql.substring(sql.indexOf('(') + 1))) {
            String name = name(part.strip());
            if (CONSTRAINTS.contains(name.toLowerCase(Locale.ROOT))) {
                break;
            }
            ofId = ROW_ID.matcher(part).matches() ? names.size() : ofId;
            names.add(name);
        }
        return new TableColumns(List.copyOf(names), ofId);
    }

    /** Splits at commas that are in no bracket of their own, up to the bracket that ends the columns. */
    private static List<String> parts(String columns) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < columns.length() && depth >= 0; i++) {
            char c = columns.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0 || c == ',' && depth == 0) {
                parts.add(columns.substring(start, i));
                start = i + 1;
            }
        }
        return parts;
    }

    private static String name(String column) {
        String quotes = "\"`[";
        if (!column.isEmpty() && quotes.indexOf(column.charAt(0)) >= 0) {
            int end = column.indexOf(column.charAt(0) == '[' ? ']' : column.charAt(0), 1);
            return column.substring(1, Math.max(1, end));
        }
        return column.split("\\s", 2)[0];
    }
}
