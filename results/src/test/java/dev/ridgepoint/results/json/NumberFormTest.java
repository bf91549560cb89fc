package dev.ridgepoint.results.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFormTest {
    /** The sample values of RFC 8785, appendix B, by their bits. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2",
    })
    void isThatOfTheRfc(String bits, String text) {
        assertEquals(text, NumberForm.of(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))));
    }

    /** Texts that JDK 17 and JDK 19 disagree on, or where Java asks for a second digit. */
    @ParameterizedTest
    @CsvSource({"2e-3, 0.002", "2.0E23, 2e+23", "1.1E-322, 1.1e-322", "2.2250738585072014E-308, 2.2250738585072014e-308"
    })
    void isTheSameOnEveryJdk(double value, String text) {
        assertEquals(text, NumberForm.of(value));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatJsonDoesNotHave(double value) {
        assertThrows(IllegalArgumentException.class, () -> NumberForm.of(value));
    }

    @Test
    void refusesIntegersThatReadersWouldRound() {
        assertEquals("9007199254740991", NumberForm.of((1L << 53) - 1));
        assertThrows(IllegalArgumentException.class, () -> NumberForm.of(1L << 53));
        assertThrows(IllegalArgumentException.class, () -> NumberForm.of(-(1L << 53)));
    }

    @Test
    void isTheShortestThatReadsBackAndTheNearestOfThose() {
        Random random = new Random(20261121);
        DoubleStream anyBits =
                random.longs(4_000).mapToDouble(Double::longBitsToDouble).filter(Double::isFinite);
        DoubleStream powers = DoubleStream.iterate(Double.MIN_VALUE, x -> x < 1e308, x -> 2 * x);
        DoubleStream tens = DoubleStream.iterate(1e-320, x -> x < 1e307, x -> 10 * x);
        DoubleStream ofPlainNotation = random.doubles(4_000, -4, 8)
                .map(power -> Math.pow(10, power))
                .map(value -> random.nextBoolean() ? value : -rounded(value, random.nextInt(5)));
        DoubleStream.of(0.0012, -0.0012, 1.25, -1.25, 12.5, 0.00123, -0.00123).forEach(NumberFormTest::check);
        ofPlainNotation.forEach(NumberFormTest::check);
        DoubleStream.concat(DoubleStream.concat(anyBits, powers), tens).forEach(NumberFormTest::check);
    }

    private static double rounded(double value, int places) {
        return new BigDecimal(value).setScale(places, RoundingMode.UP).doubleValue();
    }

    private static void check(double value) {
        String text = NumberForm.of(value);
        assertEquals(value == 0 ? 0.0 : value, Double.parseDouble(text), "reads back");
        if (value != 0) {
            assertEquals(0, shortest(value).compareTo(new BigDecimal(text)), () -> value + " printed as " + text);
        }
    }

    /** By trial: for each count of digits the decimals on either side, until one reads back. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean downReads = down.doubleValue() == value;
            boolean upReads = up.doubleValue() == value;
            if (downReads && upReads) {
                return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            }
            if (downReads || upReads) {
                return downReads ? down : up;
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
    }
}
