package dev.ridgepoint.analysis.economics;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * What an hour of a whole device costs, as somebody published it.
 *
 * @param device the device's own name, as a bundle's context has it
 * @param amount money for the time in {@code per}, above 0
 * @param currency three capital letters, ISO 4217
 * @param per {@code hour}, the only unit there is
 * @param asOf the day it was read, ISO 8601
 * @param source where it can be read again
 */
public record Price(String device, double amount, String currency, String per, String asOf, String source) {
    private static final String HOUR = "hour";

    public Price {
        filled("device", device, "the name of the device, as 'ridgepoint doctor' and a bundle's context.json have it");
        if (!(amount > 0) || Double.isInfinite(amount)) {
            throw new IllegalArgumentException("amount: expected money above 0, got " + amount);
        }
        if (currency == null || !currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency: expected three capital letters such as EUR, got " + currency);
        }
        if (!HOUR.equals(per)) {
            throw new IllegalArgumentException("per: expected hour, got " + per);
        }
        filled("asOf", asOf, "the day it was read, such as 2026-11-22");
        date(asOf);
        filled("source", source, "where it can be read again");
    }

    private static void filled(String field, String text, String expected) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(field + ": missing; expected " + expected);
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException none) {
            throw new IllegalArgumentException("asOf: expected a day such as 2026-11-22, got " + text, none);
        }
    }

    /** The day it was read. */
    public LocalDate day() {
        return date(asOf);
    }

    /** {@code EUR 2.5 an hour as of 2026-11-22 (source)}. */
    public String sentence() {
        return currency + " " + amount + " an hour as of " + asOf + " (" + source + ")";
    }
}
