package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.json.JsonFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a log in a bounded buffer; a last line without its newline is told apart as torn. */
public final class Lines {
    /** Far beyond any line we write; a longer one is not read into memory. */
    public static final int MAX_LINE = 1 << 20;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int filled;
    private int length;
    private long number = -1;
    private long end;
    private boolean torn;

    public Lines(InputStream in) {
        this.in = in;
    }

    /** Moves to the next whole line; false at the end, after which {@link #torn()} may be asked. */
    public boolean next() throws IOException {
        int searched = start;
        while (true) {
            // Local names spare the first compiler a look at the fields for every byte.
            byte[] bytes = buffer;
            int end = filled;
            for (int i = searched; i < end; i++) {
                if (bytes[i] == '\n') {
                    return found(i);
                }
            }
            searched = filled - start;
            if (!more()) {
                torn = filled > start;
                return false;
            }
        }
    }

    /** Where in the buffer the text behind this line begins, as far as it was read already. */
    int ahead() {
        return start;
    }

    /** Where in the buffer that text ends, in whatever place of a line. */
    int filled() {
        return filled;
    }

    /** Moves to the line that begins at {@link #ahead} and whose end the caller has found. */
    void take(int newline) {
        found(newline);
    }

    private boolean found(int newline) {
        offset = start;
        length = newline - start;
        start = newline + 1;
        end += length + 1;
        number++;
        return true;
    }

    private int offset;

    /** Makes room and reads on; what is left of the current line moves to the front. */
    private boolean more() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
        if (filled == buffer.length) {
            if (filled >= MAX_LINE) {
                throw new JsonFormatException("/" + (number + 1), "line is longer than " + MAX_LINE + " bytes");
            }
            buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(read, 0);
        return read >= 0;
    }

    public byte[] buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** Lines before this one. */
    public long number() {
        return number;
    }

    /** Bytes up to and including this line's newline. */
    public long end() {
        return end;
    }

    /** Whether the log ends within a line. */
    public boolean torn() {
        return torn;
    }
}
