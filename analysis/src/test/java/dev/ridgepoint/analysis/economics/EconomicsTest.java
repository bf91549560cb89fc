package dev.ridgepoint.analysis.economics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures worked out by hand. */
class EconomicsTest {
    private static final Price PRICE = new Price("Test GPU", 2, "EUR", "hour", "2026-11-20", "a price list");

    @Test
    void moneyBuysHoursOfMeasuredWork() {
        // 10^12 operations in a millisecond are 3.6 million TFLOP an hour, for two euros.
        assertEquals(1.8e6, Economics.workPerMoney(1e12, 1e6, PRICE).value(), 1e-3);
        assertEquals("TFLOP/EUR", Economics.workPerMoney(1e12, 1e6, PRICE).unit());
        assertEquals(180_000, Economics.tokensPerMoney(100, PRICE).value(), 1e-6);
    }

    @Test
    void energyBuysTokens() {
        assertEquals(0.5, Economics.tokensPerJoule(8, 16).value(), 1e-12);
        assertEquals(0.25, Economics.rateForPower(100, 400).value(), 1e-12);
    }

    @Test
    void everyFigureShowsItsFormula() {
        List<Derived> all = List.of(
                Economics.workPerMoney(1, 1, PRICE),
                Economics.tokensPerMoney(1, PRICE),
                Economics.tokensPerJoule(1, 1),
                Economics.rateForPower(1, 1));
        for (Derived one : all) {
            assertTrue(one.formula().startsWith(one.unit() + " = "), one.formula());
        }
    }

    @Test
    void whatIsNoFigureIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Economics.tokensPerJoule(8, 0));
        assertThrows(IllegalArgumentException.class, () -> Economics.rateForPower(Double.NaN, 400));
    }
}
