package dev.ridgepoint.results.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private long now = 1_000_000;

    private final Throttle throttle = new Throttle(() -> now);

    private void advance(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void whatIsCheapHappensOnceASecond() {
        assertTrue(throttle.due());
        throttle.run(() -> advance(5));
        advance(999);
        assertFalse(throttle.due());
        advance(1);
        assertTrue(throttle.due());
    }

    @Test
    void whatIsCostlyTakesATwentiethOfTheTime() {
        throttle.run(() -> advance(300));
        advance(5_999);
        assertFalse(throttle.due());
        advance(1);
        assertTrue(throttle.due());
    }

    /** Ten thousand cases of five forks each, a file that grows to 300 ms: linear, not quadratic. */
    @Test
    void aLongRunSpendsLittleOnIt() {
        long[] spent = new long[1];
        for (int put = 0; put < 50_000; put++) {
            advance(100);
            if (throttle.due()) {
                long cost = 300L * put / 50_000;
                spent[0] += cost;
                throttle.run(() -> advance(cost));
            }
        }
        assertTrue(spent[0] < 50_000 * 100 / 19, spent[0] + " ms");
        assertTrue(spent[0] > 0);
        assertEquals(0, now % 1_000_000);
    }
}
