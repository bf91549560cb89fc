package dev.ridgepoint.analysis.classify;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads lines of bytes and never keeps more than a bound of any; what is too long is skipped and said to be so. */
final class BoundedLines {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[1 << 16];
    private int position;
    private int limit;
    private byte[] line = new byte[1 << 12];
    private int length;
    private long number;
    private boolean overlong;

    BoundedLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Moves to the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        overlong = false;
        boolean any = false;
        while (fill()) {
            any = true;
            int end = position;
            while (end < limit && chunk[end] != '\n') {
                end++;
            }
            append(end - position);
            boolean found = end < limit;
            position = found ? end + 1 : end;
            if (found) {
                break;
            }
        }
        if (any) {
            number++;
            trim();
        }
        return any;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(chunk));
        }
        return position < limit;
    }

    private void append(int count) {
        if (overlong || length + count > longest) {
            overlong = true;
            return;
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
        }
        System.arraycopy(chunk, position, line, length, count);
        length += count;
    }

    /** Drops the carriage return of foreign line ends and the byte-order mark of a foreign first line. */
    private void trim() {
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        if (number == 1 && length >= 3 && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            length -= 3;
            System.arraycopy(line, 3, line, 0, length);
        }
    }

    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** Counted from 1, blank lines included. */
    long number() {
        return number;
    }

    /** Whether there is more to the line than {@link #bytes} holds. */
    boolean isOverlong() {
        return overlong;
    }

    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                return false;
            }
        }
        return !overlong;
    }

    /** Whether more can be read without waiting for it. */
    boolean isMoreAtHand() throws IOException {
        return position < limit || in.available() > 0;
    }
}
