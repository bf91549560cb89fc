package dev.ridgepoint.analysis.trace.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A database file, opened to read tables row by row. */
public final class SqliteFile implements Closeable {
    private static final long SCHEMA = 1;
    private static final int MOST_TABLES = 10_000;

    /** Takes rows one by one. */
    interface Rows {
        void row(Row row) throws IOException;
    }

    /** Takes the values of the columns asked for, in that order. */
    @FunctionalInterface
    public interface Visitor {
        /** @param values a {@code Long}, a {@code Double}, a {@code String} or null each */
        void row(Object[] values) throws IOException;
    }

    private record Table(long root, String sql) {}

    private final Pages pages;
    private final Map<String, Table> tables = new HashMap<>();

    private SqliteFile(Pages pages) {
        this.pages = pages;
    }

    /** Whether a file that begins with these 16 bytes can be one. */
    public static boolean begin(byte[] first) {
        return Pages.begin(first);
    }

    /**
     * Opens a file.
     *
     * @throws IOException in a few words without the file's name: encrypted, in WAL mode, not whole or broken
     */
    public static SqliteFile open(Path path) throws IOException {
        SqliteFile file = new SqliteFile(Pages.open(path));
        try {
            file.scan(SCHEMA, file::table);
            return file;
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private void table(Row row) throws IOException {
        if (row.values().size() < 5) {
            throw new IOException(
                    "its list of tables has rows of " + row.values().size() + " columns instead of 5");
        }
        if (tables.size() == MOST_TABLES) {
            throw new IOException("more than " + MOST_TABLES + " tables");
        }
        if ("table".equals(row.values().get(0))
                && row.values().get(1) instanceof String name
                && row.values().get(3) instanceof Long root
                && row.values().get(4) instanceof String sql) {
            tables.put(name, new Table(root, sql));
        }
    }

    /** The names of its tables. */
    public Set<String> tables() {
        return Set.copyOf(tables.keySet());
    }

    /** Whether a table has a column. */
    public boolean has(String table, String column) {
        return tables.containsKey(table)
                && TableColumns.of(tables.get(table).sql()).names().contains(column);
    }

    /**
     * Shows all rows of a table, by these columns.
     *
     * @throws IOException where there is no such table or column, or the file is broken
     */
    public void rows(String table, Visitor visitor, String... columns) throws IOException {
        Table found = tables.get(table);
        if (found == null) {
            throw new IOException("has no table " + table);
        }
        if (found.sql().toLowerCase(Locale.ROOT).contains("without rowid")) {
            throw new IOException("table " + table + " is WITHOUT ROWID, which is not read");
        }
        TableColumns all = TableColumns.of(found.sql());
        int[] places = new int[columns.length];
        for (int i = 0; i < columns.length; i++) {
            places[i] = all.names().indexOf(columns[i]);
            if (places[i] < 0) {
                throw new IOException("table " + table + " has no column " + columns[i]);
            }
        }
        scan(found.root(), row -> {
            Object[] values = new Object[places.length];
            for (int i = 0; i < places.length; i++) {
                Object stored = places[i] < row.values().size() ? row.values().get(places[i]) : null;
                values[i] = stored == null && places[i] == all.ofId() ? (Object) row.id() : stored;
            }
            visitor.row(values);
        });
    }

    private void scan(long root, Rows rows) throws IOException {
        new TableScan(pages, rows).from(root);
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
