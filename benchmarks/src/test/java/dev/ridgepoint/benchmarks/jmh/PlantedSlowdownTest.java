package dev.ridgepoint.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.PreparedLaunch;
import org.junit.jupiter.api.Test;

/** Launches that a made-up clock takes note of. */
class PlantedSlowdownTest {
    private static final long CLOCK_NS = 25;

    private long now;
    private final int[] launches = new int[8];

    private final class Counted implements PreparedLaunch {
        private final int set;
        private final long ns;

        Counted(int set, long ns) {
            this.set = set;
            this.ns = ns;
        }

        @Override
        public void launch() {
            launches[set]++;
            now += ns;
        }

        @Override
        public void synchronize() {}

        @Override
        public String implementation() {
            return "counted";
        }

        @Override
        public void close() {}
    }

    private PreparedLaunch[] sets(long ns) {
        PreparedLaunch[] sets = new PreparedLaunch[launches.length];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = new Counted(i, ns);
        }
        return sets;
    }

    private static void rotate(PreparedLaunch[] sets, int calls) {
        for (int i = 0; i < calls; i++) {
            sets[i % sets.length].launch();
        }
    }

    /** A microsecond, where reading the clock twice would be 5 %, and calls of a second, of which few are made. */
    @Test
    void callsOfAnyLengthTakeSoMuchLonger() {
        for (long ns : new long[] {1_000, 49_000, 3_000_000, 1_000_000_000}) {
            now = 0;
            PreparedLaunch[] slowed = new PlantedSlowdown(0.03).waiting(sets(ns), () -> now += CLOCK_NS);
            int calls = ns > 1_000_000 ? 10 : 64_000;
            rotate(slowed, calls);
            assertEquals(1.03, (double) now / (ns * calls), 0.002, ns + " ns");
        }
    }

    @Test
    void ofLaunchesThatAreNotWaitedForSomeAreMadeTwiceFarAwayInTheRotation() {
        PreparedLaunch[] slowed = new PlantedSlowdown(0.03).repeating(sets(1));
        rotate(slowed, 800);
        assertEquals(824, now, 1, "one may still be due");
        for (int set : launches) {
            assertTrue(set >= 100 && set <= 106, set + " launches of a set");
        }
        PreparedLaunch[] always = new PlantedSlowdown(0.5).repeating(sets(1));
        launches[0] = 0;
        int opposite = launches[4];
        always[0].launch();
        always[0].launch();
        assertEquals(2, launches[0]);
        assertEquals(opposite + 1, launches[4]);
    }

    /** What is recorded is replayed as it is: 34 launches in graphs of ten would be 40, of which one is 2.5 %. */
    @Test
    void graphsAreAsManyAsTheShareNeeds() {
        PlantedSlowdown three = new PlantedSlowdown(0.03);
        for (int ofACall : new int[] {1, 7, 10, 16, 50, 64, 1000}) {
            now = 0;
            int calls = three.rounds(ofACall, 2);
            rotate(three.repeating(sets(1)), calls * ofACall);
            assertEquals(1.03, (double) now / (calls * ofACall), 0.0006, calls + " of " + ofACall);
            assertTrue(calls * ofACall <= 1700 || calls == 2, calls + " of " + ofACall);
        }
        assertEquals(10, three.rounds(10, 1));
        assertEquals(3, PlantedSlowdown.ofThisFork().rounds(10, 3));
    }

    @Test
    void isThereOnlyWhereAForkWasToldAndSaysSo() {
        assertFalse(PlantedSlowdown.ofThisFork().isThere());
        assertEquals("counted, slowed by 3.0 % on purpose", new PlantedSlowdown(0.03).label("counted"));
        assertThrows(IllegalArgumentException.class, () -> new PlantedSlowdown(-0.1));
        assertThrows(IllegalArgumentException.class, () -> new PlantedSlowdown(Double.NaN));
    }
}
