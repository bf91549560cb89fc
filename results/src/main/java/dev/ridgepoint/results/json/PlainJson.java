package dev.ridgepoint.results.json;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over JSON that is laid out plainly: ASCII without escapes, numbers of few digits, few members an object. Ten
 * thousands of small files are read in half the time that way. Whatever passes here passes {@link StrictJson} with the
 * same values; at anything else {@link #plain} becomes false for good, every question is answered by nothing, and who
 * asks turns to {@link StrictJson}, which has the words for what is wrong, if it is.
 */
public final class PlainJson {
    /** Each value takes a byte at least, so that there are never too many of them. */
    private static final int MOST_BYTES = StrictJson.MAX_NODES;

    private static final int MOST_DEPTH = StrictJson.MAX_DEPTH / 2;
    private static final int LONGEST_TEXT = StrictJson.MAX_TEXT / 2;
    private static final int LONGEST_NAME = StrictJson.MAX_NAME / 2;
    private static final int LONGEST_NUMBER = StrictJson.MAX_NUMBER / 2;
    /** As many digits are below 2^53, and so many places a power of ten that is a double without error. */
    private static final int EXACT_DIGITS = 15;
    /** Far from where doubles end. */
    private static final int EXPONENT_DIGITS = 2;
    /** Members of all objects that are open; they are compared one with another. */
    private static final int MOST_MEMBERS = 128;

    private static final double[] POWERS = new double[EXACT_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private byte[] in;
    private int end;
    private int at;
    private boolean plain;

    private int depth;
    /** By depth: how many names there were outside, and whether nothing has been read within. */
    private final int[] outer = new int[MOST_DEPTH + 1];

    private final boolean[] fresh = new boolean[MOST_DEPTH + 1];
    /** Where each name begins and ends, of the open objects from the outermost on. */
    private final int[] nameFrom = new int[MOST_MEMBERS];

    private final int[] nameTo = new int[MOST_MEMBERS];
    /** By depth: a bit of each name there, by which nearly all names are told apart. */
    private final long[] seen = new long[MOST_DEPTH + 1];

    private int names;
    private final char[] digits = new char[LONGEST_NUMBER];

    public PlainJson(byte[] bytes, int length) {
        begin(bytes, 0, length);
    }

    /** Of nothing yet. */
    public PlainJson() {}

    /** Begins with another text. */
    public void begin(byte[] bytes, int offset, int length) {
        in = bytes;
        at = offset;
        end = offset + length;
        plain = length <= MOST_BYTES;
        depth = 0;
        names = 0;
    }

    /**
     * Begins within an object some of whose members the caller knows; those that follow must be none of them, which is for the
     * caller to see to.
     */
    public void beginWithin(byte[] bytes, int offset, int length) {
        begin(bytes, offset, length);
        depth = 1;
        outer[1] = 0;
        fresh[1] = false;
        seen[1] = 0;
    }

    /** Where in the bytes the walk stands. */
    public int at() {
        return at;
    }

    /** Whether all so far was plain. */
    public boolean plain() {
        return plain;
    }

    /** Steps into an object. */
    public void object() {
        open('{');
    }

    /** Steps to the next member's value; false, and out of the object, where there is none. */
    public boolean member() {
        if (!next('}')) {
            return false;
        }
        white();
        int from = at + 1;
        quoted(LONGEST_NAME);
        if (plain) {
            add(from, at - 1);
        }
        expect(':');
        return plain;
    }

    /** Whether the member's name is this one, in ASCII. */
    public boolean named(byte[] name) {
        return plain && Arrays.equals(in, nameFrom[names - 1], nameTo[names - 1], name, 0, name.length);
    }

    /** The member's name, from a table. */
    String name(NameTable table) {
        return plain ? table.of(in, nameFrom[names - 1], nameTo[names - 1]) : "";
    }

    /** The first character of the value ahead; 0 where there is none. */
    public char first() {
        white();
        return plain && at < end ? (char) in[at] : 0;
    }

    /** Steps into an array. */
    public void array() {
        open('[');
    }

    /** Steps to the next element; false, and out of the array, where there is none. */
    public boolean element() {
        return next(']');
    }

    /** A text; empty where there is none. */
    public String text() {
        white();
        int from = at + 1;
        quoted(LONGEST_TEXT);
        return plain ? new String(in, from, at - 1 - from, StandardCharsets.US_ASCII) : "";
    }

    /** A number; 0 where there is none. */
    public double number() {
        white();
        int from = at;
        long value = 0;
        int count = 0;
        int point = -1;
        byte[] bytes = in;
        int last = end;
        for (int i = from; i < last && count <= EXACT_DIGITS; i++) {
            byte c = bytes[i];
            if (isDigit(c)) {
                value = 10 * value + c - '0';
                count++;
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
        }
        skipNumber();
        if (!plain) {
            return 0;
        }
        int length = at - from;
        if (count <= EXACT_DIGITS && length == count + (point < 0 ? 0 : 1)) {
            // Both are doubles without error, so that their quotient is the one nearest to the text, as parsing has it.
            return value / POWERS[point < 0 ? 0 : at - point - 1];
        }
        // Nought has no sign here: adding it takes one away.
        return 0.0 + parsed(from, length);
    }

    /** By the parser that {@link StrictJson} has its numbers from. */
    private double parsed(int from, int length) {
        for (int i = 0; i < length; i++) {
            digits[i] = (char) in[from + i];
        }
        return NumberInput.parseDouble(digits, 0, length, true);
    }

    /** Any value. */
    public void skip() {
        white();
        switch (at < end ? in[at] : 0) {
            case '{' -> {
                object();
                while (member()) {
                    skip();
                }
            }
            case '[' -> {
                array();
                while (element()) {
                    skip();
                }
            }
            case '"' -> quoted(LONGEST_TEXT);
            case 't', 'f', 'n' -> word();
            default -> skipNumber();
        }
    }

    /** Whether nothing but white space is left. */
    public boolean ended() {
        white();
        return plain && at == end;
    }

    private void open(char bracket) {
        expect(bracket);
        plain = plain && depth < MOST_DEPTH;
        if (plain) {
            depth++;
            outer[depth] = names;
            fresh[depth] = true;
            seen[depth] = 0;
        }
    }

    /** Whether there is another one within the innermost brackets; behind a comma there must be. */
    private boolean next(char close) {
        white();
        if (plain && at < end && in[at] == close) {
            at++;
            names = outer[depth--];
            return false;
        }
        if (plain && !fresh[depth]) {
            expect(',');
        }
        fresh[depth] = false;
        return plain;
    }

    private void add(int from, int to) {
        // Of an empty one these are the quotation marks around it; a shift takes the lowest bits of the sum.
        long bit = 1L << to - from + 3 * in[from] + in[to - 1];
        if ((seen[depth] & bit) != 0) {
            plain = !isThere(from, to);
        }
        seen[depth] |= bit;
        plain = plain && names < MOST_MEMBERS;
        if (plain) {
            nameFrom[names] = from;
            nameTo[names] = to;
            names++;
        }
    }

    private boolean isThere(int from, int to) {
        for (int i = outer[depth]; i < names; i++) {
            if (Arrays.equals(in, nameFrom[i], nameTo[i], in, from, to)) {
                return true;
            }
        }
        return false;
    }

    private void quoted(int longest) {
        expect('"');
        if (!plain) {
            return;
        }
        // Local names spare the first compiler a look at the fields for every byte.
        byte[] bytes = in;
        int last = Math.min(end, at + longest + 1);
        int i = at;
        while (i < last && bytes[i] != '"' && bytes[i] != '\\' && bytes[i] >= ' ' && bytes[i] != 127) {
            i++;
        }
        plain = i < last && bytes[i] == '"';
        at = i + 1;
    }

    /** One of the three words there are. */
    void word() {
        String word = switch (first()) {
            case 't' -> "true";
            case 'f' -> "false";
            default -> "null";
        };
        for (int i = 0; i < word.length(); i++) {
            plain = plain && at < end && in[at] == word.charAt(i);
            at++;
        }
    }

    private void skipNumber() {
        int from = at;
        if (at < end && in[at] == '-') {
            at++;
        }
        int first = at;
        int digits = digits();
        plain = plain && digits > 0 && (digits == 1 || in[first] != '0');
        boolean whole = true;
        if (plain && at < end && in[at] == '.') {
            at++;
            whole = false;
            plain = digits() > 0;
        }
        if (plain && at < end && (in[at] == 'e' || in[at] == 'E')) {
            at++;
            whole = false;
            if (at < end && (in[at] == '+' || in[at] == '-')) {
                at++;
            }
            int exponent = digits();
            plain = exponent > 0 && exponent <= EXPONENT_DIGITS;
        }
        plain = plain && at - from <= LONGEST_NUMBER && (!whole || digits <= EXACT_DIGITS);
    }

    private int digits() {
        int from = at;
        byte[] bytes = in;
        int last = end;
        int i = from;
        while (i < last && isDigit(bytes[i])) {
            i++;
        }
        at = i;
        return i - from;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private void expect(char c) {
        white();
        plain = plain && at < end && in[at] == c;
        at++;
    }

    private void white() {
        // Anything above a space is none, and nearly everything is above it.
        while (at < end && in[at] <= ' ' && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }
}
