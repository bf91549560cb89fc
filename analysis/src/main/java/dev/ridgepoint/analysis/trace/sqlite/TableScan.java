package dev.ridgepoint.analysis.trace.sqlite;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** One pass over a table's b-tree in the order of row ids. */
final class TableScan {
    private static final int INTERIOR = 5;
    private static final int LEAF = 13;
    /** A tree of this depth would have more rows than bytes fit on any disk. */
    private static final int DEEPEST = 32;
    /** A row of a trace is a few numbers or a kernel's name; none of a trace's is as long. */
    private static final long LONGEST = 16 << 20;

    private final Pages pages;
    private final SqliteFile.Rows rows;
    private long seen;

    TableScan(Pages pages, SqliteFile.Rows rows) {
        this.pages = pages;
        this.rows = rows;
    }

    /** Shows every row below this page. */
    void from(long root) throws IOException {
        walk(root, 0);
    }

    private void walk(long number, int depth) throws IOException {
        // A sound tree has every page once.
        if (depth > DEEPEST || ++seen > pages.count()) {
            throw broken(number);
        }
        try {
            ByteBuffer page = pages.page(number);
            int at = number == 1 ? Pages.HEAD : 0;
            int kind = page.get(at);
            if (kind != INTERIOR && kind != LEAF) {
                throw broken(number);
            }
            int cells = page.getShort(at + 3) & 0xffff;
            int pointers = at + (kind == LEAF ? 8 : 12);
            for (int i = 0; i < cells; i++) {
                page.position(page.getShort(pointers + 2 * i) & 0xffff);
                if (kind == LEAF) {
                    cell(page, number);
                } else {
                    walk(page.getInt() & 0xffffffffL, depth + 1);
                }
            }
            if (kind == INTERIOR) {
                walk(page.getInt(at + 8) & 0xffffffffL, depth + 1);
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException outside) {
            throw new IOException(broken(number).getMessage(), outside);
        }
    }

    private static IOException broken(long page) {
        return new IOException("page " + page + " of its tables is not what SQLite's format allows");
    }

    private void cell(ByteBuffer page, long number) throws IOException {
        long length = Row.varint(page);
        long id = Row.varint(page);
        if (length < 0 || length > LONGEST) {
            throw new IOException(
                    "page " + number + " states a row of " + length + " bytes; at most " + LONGEST + " are read");
        }
        byte[] payload = new byte[(int) length];
        int local = local(length);
        page.get(payload, 0, local);
        if (local < length) {
            overflow(page.getInt() & 0xffffffffL, payload, local);
        }
        rows.row(Row.of(id, ByteBuffer.wrap(payload), pages.text()));
    }

    /** How much of a row lies in its own page, by the format's section on cell payload overflow. */
    private int local(long length) {
        int usable = pages.usable();
        if (length <= usable - 35) {
            return (int) length;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        long most = least + (length - least) % (usable - 4);
        return most <= usable - 35 ? (int) most : least;
    }

    private void overflow(long first, byte[] payload, int from) throws IOException {
        long next = first;
        for (int at = from; at < payload.length; ) {
            ByteBuffer page = pages.page(next);
            next = page.getInt() & 0xffffffffL;
            int part = Math.min(page.remaining(), payload.length - at);
            page.get(payload, at, part);
            at += part;
        }
    }
}
