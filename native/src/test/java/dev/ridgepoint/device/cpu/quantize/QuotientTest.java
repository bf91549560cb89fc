package dev.ridgepoint.device.cpu.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What {@code quotient.h} rests on: the sum of two products may miss the rounded quotient by its last place, but lies on the
 * same side of every number midway between two normal fp8 codes. Powers of two move both alike, so one octave of divisors and
 * the middles of one octave of codes are all there is.
 */
class QuotientTest {
    @Test
    void everySignificandOfADivisorBesideEveryMiddle() {
        long wrong = IntStream.range(0, 1 << 23)
                .parallel()
                .filter(significand -> isWrong(significand, 1, 16))
                .count();
        assertEquals(0, wrong);
    }

    /** The search sees what it looks for: beside 1.0, which is no such middle, the sum does err. */
    @Test
    void besideAPowerOfTwoItErrs() {
        assertTrue(isWrong((1 << 23) - 1, 0, 1));
    }

    /** Middles of e4m3 are 1 + odd / 16, those of e5m2 are 1 + odd / 8: all of 1 + j / 16 from j = {@code first} on. */
    private static boolean isWrong(int significand, int first, int end) {
        float divisor = Float.intBitsToFloat(0x3F800000 | significand);
        float inverse = 1 / divisor;
        float rest = Math.fma(-inverse, divisor, 1f) * inverse;
        for (int j = first; j < end; j++) {
            float middle = 1 + j / 16f;
            int near = Float.floatToRawIntBits(middle * divisor);
            for (int ulp = -2; ulp <= 2; ulp++) {
                float x = Float.intBitsToFloat(near + ulp);
                if (side(x / divisor, middle) != side(Math.fma(x, inverse, x * rest), middle)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int side(float quotient, float middle) {
        return quotient < middle ? -1 : quotient > middle ? 1 : 0;
    }
}
