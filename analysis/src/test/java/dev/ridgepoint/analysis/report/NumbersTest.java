package dev.ridgepoint.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void timesChooseTheirUnit() {
        assertEquals("12.30 ns", Numbers.time(12.3));
        assertEquals("999.0 ns", Numbers.time(999));
        assertEquals("1.000 µs", Numbers.time(1000));
        assertEquals("45.68 ms", Numbers.time(45_678_000));
        assertEquals("3.000 s", Numbers.time(3e9));
        assertEquals("7200 s", Numbers.time(7.2e12));
    }

    @Test
    void anIntervalShowsItsLargerHalf() {
        assertEquals("±5.0 %", Numbers.plusMinus(100, 96.0, 105.0));
        assertEquals("±8.0 %", Numbers.plusMinus(100, 92.0, 105.0));
        assertEquals("±0.3 %", Numbers.plusMinus(100, 99.74, 100.2));
        assertEquals("±12 %", Numbers.plusMinus(100, 92.0, 112.3));
        assertEquals("", Numbers.plusMinus(100, null, null));
    }

    @Test
    void percentagesRatesAndErrors() {
        assertEquals("0.52 %", Numbers.percent(0.0052));
        assertEquals("73 %", Numbers.percent(0.734));
        assertEquals("99.6 %", Numbers.percent(0.996));
        assertEquals("100 %", Numbers.percent(1.0));
        assertEquals("3.0 %", Numbers.percent(0.03));
        assertEquals("180 %", Numbers.percent(1.8));
        assertEquals("–", Numbers.percent(null));
        assertEquals("0.00443", Numbers.rate(0.004428));
        assertEquals("1530", Numbers.rate(1534.0));
        assertEquals("exact", Numbers.error(0.0));
        assertEquals("2.7e-4", Numbers.error(2.71e-4));
        assertEquals("1.0e-1", Numbers.error(0.0999));
        assertEquals("not finite", Numbers.error(Double.NaN));
        assertEquals("–", Numbers.error(null));
    }

    @Test
    void confidenceKeepsItsName() {
        assertEquals("95 %", Numbers.confidence(0.95));
        assertEquals("99.9 %", Numbers.confidence(0.999));
    }

    @Test
    void countsAndBytes() {
        assertEquals("7", Numbers.count(7));
        assertEquals("10,000", Numbers.count(10_000));
        assertEquals("-1,234,567", Numbers.count(-1_234_567));
        assertEquals("105 MiB", Numbers.bytes(110_100_480L));
        assertEquals("24.0 GiB", Numbers.bytes(25_769_803_776L));
    }

    @Test
    void noLocaleChangesAFigure() {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("45.68 ms", Numbers.time(45_678_000));
            assertEquals("10,000", Numbers.count(10_000));
            assertEquals("0.52 %", Numbers.percent(0.0052));
        } finally {
            Locale.setDefault(usual);
        }
    }
}
