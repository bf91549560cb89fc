package dev.ridgepoint.results.bundle;

import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.json.NumberForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads lines laid out exactly as {@link IterationLines#write} lays them out, three times as fast as a JSON parser.
 * Any other spelling is not its business.
 */
final class IterationScanner {
    private static final byte[] CASE = ascii("{\"caseId\":\"");
    private static final byte[] FORK = ascii("\",\"fork\":");
    private static final byte[] ITERATION = ascii(",\"iteration\":");
    private static final byte[] WARMUP = ascii(",\"warmup\":");
    private static final byte[] NS_PER_OP = ascii(",\"nsPerOp\":");
    private static final byte[] OPS = ascii(",\"ops\":");
    private static final byte[] START = ascii(",\"startEpochMicros\":");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] END = ascii("}");
    /** As many as 2^53 has; a longer integer is left to the parser. */
    private static final int DIGITS = 16;
    /** A longer fraction is left to the parser. */
    private static final int PLACES = 32;

    /** Up to 15 digits are below 2^53, and up to 10^22 powers of ten are doubles without error. */
    private static final int EXACT_PLACES = 15;

    private static final double[] POWERS = powers();

    private byte[] line;
    private int at;
    private int end;
    private boolean fits;
    /** How the last line began, up to its iteration. */
    private byte[] beginning = new byte[0];

    private String caseId = "";
    private int fork;

    private static double[] powers() {
        double[] powers = new double[EXACT_PLACES];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The line that begins there, or null where it is laid out in another way, or its newline is not before {@code to}. */
    IterationLine read(byte[] buffer, int from, int to) {
        line = buffer;
        at = from;
        end = to;
        fits = true;
        begin();
        long iteration = whole();
        skip(WARMUP);
        boolean warmup = at < end && line[at] == 't';
        skip(warmup ? TRUE : FALSE);
        skip(NS_PER_OP);
        double nsPerOp = number();
        skip(OPS);
        long ops = whole();
        skip(START);
        long start = whole();
        skip(END);
        fits = fits && at < end && line[at] == '\n';
        return fits && iteration <= Integer.MAX_VALUE && ops > 0 && nsPerOp > 0
                ? new IterationLine(caseId, fork, (int) iteration, warmup, nsPerOp, ops, start)
                : null;
    }

    /** Where the newline of the line that was read stands. */
    int newline() {
        return at;
    }

    /** Lines of one fork follow one another, so that what they begin with is read once. */
    private void begin() {
        int from = at;
        int after = from + beginning.length;
        boolean again =
                after > from && after <= end && Arrays.equals(line, from, after, beginning, 0, beginning.length);
        if (again) {
            at = after;
            return;
        }
        beginning = new byte[0];
        skip(CASE);
        caseId = text();
        skip(FORK);
        long number = whole();
        skip(ITERATION);
        fits = fits && number <= Integer.MAX_VALUE;
        if (fits) {
            fork = (int) number;
            beginning = Arrays.copyOfRange(line, from, at);
        }
    }

    private void skip(byte[] expected) {
        int after = at + expected.length;
        fits = fits && after <= end && Arrays.equals(line, at, after, expected, 0, expected.length);
        at = after;
    }

    private String text() {
        int from = at;
        while (fits && at < end && line[at] != '"') {
            fits = line[at] >= ' ' && line[at] < 127 && line[at] != '\\';
            at++;
        }
        fits = fits && at > from;
        return fits ? new String(line, from, at - from, StandardCharsets.US_ASCII) : null;
    }

    private long whole() {
        int from = at;
        long value = 0;
        // Local names spare the first compiler a look at the fields for every byte.
        byte[] bytes = line;
        int last = Math.min(end, from + DIGITS);
        int i = from;
        while (i < last && isDigit(bytes[i])) {
            value = 10 * value + bytes[i++] - '0';
        }
        at = i;
        boolean leadingZero = at - from > 1 && line[from] == '0';
        fits = fits && at > from && !leadingZero && value <= NumberForm.MAX_SAFE_INTEGER;
        return value;
    }

    private double number() {
        int from = at;
        long digits = 0;
        int point = -1;
        while (at < end && at - from < PLACES && (isDigit(line[at]) || line[at] == '.' && point < 0)) {
            if (line[at] == '.') {
                point = at;
            } else {
                digits = 10 * digits + line[at] - '0';
            }
            at++;
        }
        boolean plain = fits && at > from && isDigit(line[from]) && isDigit(line[at - 1]);
        boolean leadingZero = plain && at - from > 1 && line[from] == '0' && line[from + 1] != '.';
        fits = plain && !leadingZero;
        if (!fits) {
            return 0;
        }
        if (at - from <= EXACT_PLACES) {
            // Both are doubles without error, so that their quotient is the one nearest to the text, as parsing has it.
            return digits / POWERS[point < 0 ? 0 : at - point - 1];
        }
        return Double.parseDouble(new String(line, from, at - from, StandardCharsets.US_ASCII));
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
