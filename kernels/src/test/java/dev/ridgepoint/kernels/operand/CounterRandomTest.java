package dev.ridgepoint.kernels.operand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    /** The documented formula, with the JDK's own SplitMix64 for the finaliser. */
    @Test
    void itIsSplitMix64FromAKeyedStart() {
        long hash = 0xCBF29CE484222325L;
        for (byte b : "blockTable".getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash ^ b) * 0x100000001B3L;
        }
        long key = new SplittableRandom(42 + hash - GAMMA).nextLong();
        SplittableRandom inOrder = new SplittableRandom(key);
        CounterRandom random = CounterRandom.of(42, "blockTable");
        for (int i = 0; i < 1000; i++) {
            assertEquals(inOrder.nextLong(), random.bits(i));
        }
    }

    @Test
    void wholeNumbersAreEvenlySpread() {
        CounterRandom random = CounterRandom.of(1, "x");
        int[] seen = new int[7];
        for (int i = 0; i < 70_000; i++) {
            seen[random.below(7, i)]++;
        }
        for (int count : seen) {
            // 10,000 expected; the standard deviation is 93.
            assertTrue(Math.abs(count - 10_000) < 470, "count " + count);
        }
    }
}
