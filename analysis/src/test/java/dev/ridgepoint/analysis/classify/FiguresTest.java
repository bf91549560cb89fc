package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1.2912, 1.29",
        "104.727, 105",
        "0.0156, 0.0156",
        "9.996, 10.00",
        "57312, 57300",
        "1231000, 1230000",
        "-2.5, -2.50",
        "295.34, 295",
        "0.00051, 0.000510",
        "NaN, NaN"
    })
    void threeSignificantDigits(double x, String text) {
        assertEquals(text, Figures.three(x));
    }

    @ParameterizedTest
    @CsvSource({
        "0.12345, 4, 0.1234",
        "0.98765, 4, 0.9876",
        "1, 2, 1.00",
        "-0.001, 2, 0.00",
        "12.6, 0, 13",
        "0.05, 3, 0.050"
    })
    void fixedDecimals(double x, int decimals, String text) {
        assertEquals(text, Figures.decimals(x, decimals));
    }

    @Test
    void commasOfALocaleStayOut() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("1.29", Figures.three(1.2912));
        } finally {
            Locale.setDefault(before);
        }
    }
}
