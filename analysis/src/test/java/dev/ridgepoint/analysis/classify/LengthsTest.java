package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LengthsTest {
    /** A probability sums to one over everything it may be; what is anywhere is a thousandth. */
    @Test
    void probabilitiesSumToTheSharesGiven() {
        Lengths lengths = Lengths.none().atom(77, .1).range(16, 512, .8, .5).range(600, 4096, .1, .2, .3);
        double sum = 0;
        for (long n = 1; n <= 1 << 16; n++) {
            sum += lengths.of(n);
        }
        assertEquals(1, sum, .01);
    }

    @Test
    void everyTableOfTokensIsAProbability() {
        double[] sums = new double[Story.values().length];
        for (long n = 1; n <= 1 << 18; n++) {
            double[] chances = TokenTables.tokens(n);
            Arrays.setAll(sums, story -> sums[story] + chances[story]);
        }
        for (Story story : Story.values()) {
            double sum = sums[story.ordinal()];
            assertTrue(sum < 1.02, story + " " + sum);
            assertTrue(sum > .8 || story == Story.WEIGHT_TRANSFORM, story + " " + sum);
        }
    }

    @Test
    void powersOfTwoAndNamedSizesStandOut() {
        Lengths lengths = Lengths.none().atom(77, .1).range(16, 512, .8, .5);
        assertTrue(lengths.of(256) > 20 * lengths.of(255));
        assertTrue(lengths.of(77) > 20 * lengths.of(78));
        assertTrue(lengths.of(1_000_000) > 0);
    }
}
