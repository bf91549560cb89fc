package dev.ridgepoint.kernels.cuda.adopt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final Map<String, Long> EXTENTS = Map.of("m", 33L, "n", 256L, "most", Long.MAX_VALUE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                     | 7",
                "n/16                  | 16",
                "ceil(m/16)            | 3",
                "floor(m/16)           | 2",
                "ceil((0-m)/16)        | -2",
                "floor((0-m)/16)       | -3",
                "m - 1 - 2             | 30",
                "2+3*4                 | 14",
                "(2+3)*4               | 20",
                "n/4/2                 | 32",
                "min(m, n) + max(m,n)  | 289",
                "ceil(m*n/(16*16)) * 4 | 132",
                "ceil(ceil(m/4)/2)     | 5",
            })
    void isWhatArithmeticSays(String text, long value) {
        assertEquals(value, Expression.parse(text).value(EXTENTS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''            | expected a number or the name of an extent at its end",
                "n+            | expected a number or the name of an extent at its end",
                "ceil(n        | expected a closing parenthesis at its end",
                "ceil(n)       | expected a quotient to round",
                "ceil(n/2+1)   | expected a quotient to round",
                "log(n)        | expected one of the functions ceil, floor, min, max, not log",
                "n 2           | expected an operator before '2'",
                "n)            | expected an operator before ')'",
                "1.5           | expected an operator before '.5'",
                "min(n)        | expected a comma",
                "n,m           | expected one expression, got 2",
                "99999999999999999999 | expected a whole number below 2^63",
            })
    void whatCannotBeReadSaysWhere(String text, String complaint) {
        assertComplains(complaint, () -> Expression.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m/16      | 33/16 is no whole number",
                "m/(m-m)   | it divides by 0",
                "ceil(m/0) | it divides by 0",
                "k         | no extent 'k'; there are",
                "most*2    | overflow",
                "most+1    | overflow",
            })
    void whatHasNoValueSaysWhy(String text, String complaint) {
        Expression expression = Expression.parse(text);
        assertComplains(complaint, () -> expression.value(EXTENTS));
    }

    @Test
    void commasWithinAFunctionSeparateNothing() {
        assertEquals("[min(m, 4), n/16]", Expression.list("min(m, 4), n/16").toString());
    }

    /** Whatever is typed has a value or a complaint. */
    @Test
    void anythingElseIsAComplaint() {
        Random random = new Random(1);
        String alphabet = "mn12(),+-*/ ceil(floor(min(";
        int values = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Expression.parse(text.toString()).value(EXTENTS);
                values++;
            } catch (IllegalArgumentException complaint) {
                assertTrue(complaint.getMessage().startsWith("'"), complaint.getMessage());
            }
        }
        assertTrue(values > 1000, "only " + values + " had a value");
        assertComplains("at most 200 characters", () -> Expression.parse("(".repeat(201)));
        assertComplains("expected a number", () -> Expression.parse("(".repeat(200)));
    }

    private static void assertComplains(String complaint, Runnable step) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, step::run);
        assertTrue(error.getMessage().contains(complaint), error.getMessage());
    }
}
