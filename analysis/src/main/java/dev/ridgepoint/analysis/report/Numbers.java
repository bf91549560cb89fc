package dev.ridgepoint.analysis.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Figures as people read them: enough digits, a unit, the same under every locale. */
public final class Numbers {
    /** What stands where there is no figure. */
    public static final String NONE = "–";

    private Numbers() {}

    /** A time in the unit that leaves one to three digits before the point. */
    public static String time(double ns) {
        if (ns < 1e3) {
            return significant(ns, 4) + " ns";
        }
        if (ns < 1e6) {
            return significant(ns / 1e3, 4) + " µs";
        }
        if (ns < 1e9) {
            return significant(ns / 1e6, 4) + " ms";
        }
        return significant(ns / 1e9, 4) + " s";
    }

    /** The larger half of an interval, relative to its centre: {@code ±0.5 %}; nothing without an interval. */
    public static String plusMinus(double centre, Double low, Double high) {
        if (low == null || high == null) {
            return "";
        }
        double percent = 100 * Math.max(high / centre - 1, 1 - low / centre);
        return "±" + significant(percent, percent < 0.95 ? 1 : 2) + " %";
    }

    /** A fraction of one as a percentage of two digits. */
    public static String percent(Double fraction) {
        return fraction == null ? NONE : significant(fraction * 100, fraction >= 0.995 ? 3 : 2) + " %";
    }

    /** A level of confidence as it is usually written: {@code 95 %}, {@code 99.9 %}. */
    static String confidence(double level) {
        BigDecimal percent =
                BigDecimal.valueOf(level * 100).round(new MathContext(6)).stripTrailingZeros();
        return percent.toPlainString() + " %";
    }

    /** A rate or ratio of three digits. */
    public static String rate(Double value) {
        return value == null ? NONE : significant(value, 3);
    }

    /** An error: two digits and a power of ten, {@code exact} for none. */
    public static String error(Double value) {
        if (value == null) {
            return NONE;
        }
        if (!Double.isFinite(value)) {
            return "not finite";
        }
        return value == 0 ? "exact" : scientific(value, 2);
    }

    /** A count of bytes in binary units. */
    static String bytes(Long count) {
        if (count == null) {
            return NONE;
        }
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = count;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return significant(value, 3) + " " + units[unit];
    }

    /** A whole number with thin groups of three: {@code 10,000}. */
    public static String count(long value) {
        StringBuilder text = new StringBuilder(Long.toString(value));
        for (int at = text.length() - 3; at > (value < 0 ? 1 : 0); at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /** Plain decimals, rounded to that many significant digits; a power of ten only where plain ones would mislead. */
    public static String significant(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        if (!Double.isFinite(value)) {
            return NONE;
        }
        if (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e12) {
            return scientific(value, digits);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int beforePoint = rounded.precision() - rounded.scale();
        return rounded.setScale(Math.max(0, digits - beforePoint), RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String scientific(double value, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.scaleByPowerOfTen(-exponent).setScale(digits - 1, RoundingMode.HALF_EVEN) + "e" + exponent;
    }
}
