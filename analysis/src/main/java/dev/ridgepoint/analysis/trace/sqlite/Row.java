package dev.ridgepoint.analysis.trace.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A row of a table.
 *
 * @param id its row id
 * @param values a {@code Long}, a {@code Double}, a {@code String} or null a column; null for a blob too; those of columns
 *     added to the table later may be missing at the end
 */
record Row(long id, List<Object> values) {
    private static final int MOST_COLUMNS = 32_767;
    private static final int FIRST_BLOB = 12;

    /** Reads a record: the length of its head, a type for each column, and the values one after the other. */
    static Row of(long id, ByteBuffer record, Charset text) throws IOException {
        long head = varint(record);
        if (head < record.position() || head > record.limit()) {
            throw new IOException("row " + id + " states a head of " + head + " bytes of " + record.limit());
        }
        List<Long> types = new ArrayList<>();
        while (record.position() < head) {
            types.add(varint(record));
            if (types.size() > MOST_COLUMNS) {
                throw new IOException("row " + id + " has more than " + MOST_COLUMNS + " columns");
            }
        }
        List<Object> values = new ArrayList<>();
        for (long type : types) {
            values.add(value(id, type, record, text));
        }
        return new Row(id, Collections.unmodifiableList(values));
    }

    private static Object value(long id, long type, ByteBuffer record, Charset text) throws IOException {
        if (type >= FIRST_BLOB) {
            long length = (type - FIRST_BLOB) / 2;
            if (length > record.remaining()) {
                throw new IOException("row " + id + " states a text of " + length + " bytes beyond its end");
            }
            byte[] bytes = new byte[(int) length];
            record.get(bytes);
            return type % 2 == 0 ? null : new String(bytes, text);
        }
        return switch ((int) type) {
            case 0 -> null;
            case 1, 2, 3, 4 -> number(record, (int) type);
            case 5 -> number(record, 6);
            case 6 -> number(record, 8);
            case 7 -> Double.longBitsToDouble(number(record, 8));
            case 8 -> 0L;
            case 9 -> 1L;
            default -> throw new IOException("row " + id + " has a value of type " + type + ", which is reserved");
        };
    }

    private static long number(ByteBuffer record, int bytes) {
        long number = record.get();
        for (int i = 1; i < bytes; i++) {
            number = number << 8 | record.get() & 0xff;
        }
        return number;
    }

    /** A whole number of one to nine bytes, seven bits of each but eight of the ninth. */
    static long varint(ByteBuffer in) {
        long number = 0;
        for (int i = 0; i < 8; i++) {
            byte part = in.get();
            number = number << 7 | part & 0x7f;
            if (part >= 0) {
                return number;
            }
        }
        return number << 8 | in.get() & 0xff;
    }
}
