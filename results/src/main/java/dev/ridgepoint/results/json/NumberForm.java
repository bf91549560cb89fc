package dev.ridgepoint.results.json;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * The one text of a number: the shortest decimal that reads back as the same double, laid out as ECMAScript and RFC
 * 8785 do. {@code Double.toString} will not serve: JDK 17 prints 2.0E-3 for some doubles where JDK 19 prints another
 * text, and so a hash would depend on the JDK.
 */
public final class NumberForm {
    /** The largest integer that every JSON reader, JavaScript's included, reads exactly: 2^53 - 1. */
    public static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    /** As in -0.0012: with more, plain notation has three digits at least, and Java's layout is ECMAScript's. */
    private static final int PLACES_OF_TWO_DIGITS = 7;

    private NumberForm() {}

    /**
     * An integer's text.
     *
     * @throws IllegalArgumentException beyond +-(2^53 - 1), where readers that know only doubles would round
     */
    public static String of(long value) {
        if (value > MAX_SAFE_INTEGER || value < -MAX_SAFE_INTEGER) {
            throw new IllegalArgumentException("integer " + value + " is beyond +-(2^53-1)");
        }
        return Long.toString(value);
    }

    /**
     * A double's text.
     *
     * @throws IllegalArgumentException for NaN and the infinities, which JSON does not have
     */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("number is not finite: " + value);
        }
        if (value == (long) value && Math.abs(value) <= MAX_SAFE_INTEGER) {
            return Long.toString((long) value);
        }
        String text = NumberOutput.toString(value, true);
        if (text.length() > PLACES_OF_TWO_DIGITS && text.indexOf('E') < 0) {
            return text;
        }
        String magnitude = layOut(Decimal.shortest(Math.abs(value)));
        return value < 0 ? "-" + magnitude : magnitude;
    }

    /** Plain notation for 1e-6 up to 1e21, else scientific: the layout of ECMAScript's Number::toString. */
    private static String layOut(Decimal decimal) {
        String digits = decimal.digits();
        int point = decimal.point();
        int count = digits.length();
        if (point > 21 || point <= -6) {
            String fraction = count == 1 ? "" : "." + digits.substring(1);
            return digits.charAt(0) + fraction + "e" + (point > 0 ? "+" : "-") + Math.abs(point - 1);
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return point >= count
                ? digits + "0".repeat(point - count)
                : digits.substring(0, point) + "." + digits.substring(point);
    }

    /** The value 0.{@code digits} x 10^{@code point}, without leading or trailing zeros. */
    private record Decimal(String digits, int point) {
        static Decimal shortest(double positive) {
            Decimal decimal = parse(NumberOutput.toString(positive, true));
            return decimal.digits.length() == 2 ? decimal.oneDigitIfEnough(positive) : decimal;
        }

        /** Reads {@code 12.5}, {@code 0.0012} or {@code 1.25E-7}. */
        private static Decimal parse(String text) {
            int e = text.indexOf('E');
            int exponent = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
            String mantissa = e < 0 ? text : text.substring(0, e);
            int dot = mantissa.indexOf('.');
            String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
            int first = 0;
            while (digits.charAt(first) == '0') {
                first++;
            }
            int last = digits.length();
            while (digits.charAt(last - 1) == '0') {
                last--;
            }
            return new Decimal(digits.substring(first, last), dot - first + exponent);
        }

        /** Java's rules ask for two digits at least and so print 4.9E-324 where 5e-324 reads back the same. */
        private Decimal oneDigitIfEnough(double value) {
            int tens = digits.charAt(0) - '0';
            boolean up = digits.charAt(1) >= '5';
            Decimal nearer = ofOneDigit(up ? tens + 1 : tens);
            if (nearer.reads() == value) {
                return nearer;
            }
            Decimal farther = ofOneDigit(up ? tens : tens + 1);
            return farther.reads() == value ? farther : this;
        }

        private Decimal ofOneDigit(int digit) {
            return digit == 10 ? new Decimal("1", point + 1) : new Decimal(Integer.toString(digit), point);
        }

        private double reads() {
            return Double.parseDouble("0." + digits + "E" + point);
        }
    }
}
