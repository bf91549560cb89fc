package dev.ridgepoint.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bootstrap in its plainest form: the JDK's generator, and all resamples sorted. */
class BesideTest {
    private static final int RESAMPLES = 1000;

    @Test
    void drawsAreTheJdksOwn() {
        for (int bound : new int[] {1, 2, 3, 5, 8, 10, 30, 1000, 1 << 30, (1 << 30) + 1, Integer.MAX_VALUE}) {
            Draws ours = new Draws(bound * 31L - 7);
            SplittableRandom theirs = new SplittableRandom(bound * 31L - 7);
            for (int i = 0; i < 2000; i++) {
                assertEquals(theirs.nextInt(bound), ours.next(bound), "bound " + bound + ", draw " + i);
            }
        }
    }

    @Test
    void boundsAreThoseOfAllResamplesSorted() {
        Random random = new Random(7);
        for (int forks = 2; forks < 12; forks++) {
            double[] base = random.doubles(forks, 5, 5.2).toArray();
            double[] candidate = random.doubles(forks, 5, 5.2).toArray();
            for (boolean paired : new boolean[] {false, true}) {
                assertArrayEquals(
                        plain(base, candidate, paired, forks), Beside.bootstrap(base, candidate, paired, forks));
            }
        }
    }

    @Test
    void equalForksHaveNoWidth() {
        double[] forks = {4, 4, 4};
        assertArrayEquals(new double[] {0, 0}, Beside.bootstrap(forks, forks, false, 1), 0);
    }

    private static double[] plain(double[] base, double[] candidate, boolean paired, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] found = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            found[i] = paired
                    ? mean(TwoSamples.differences(base, candidate), random)
                    : mean(candidate, random) - mean(base, random);
        }
        Arrays.sort(found);
        int tail = RESAMPLES / 40;
        return new double[] {found[tail], found[RESAMPLES - 1 - tail]};
    }

    private static double mean(double[] values, SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[random.nextInt(values.length)];
        }
        return sum / values.length;
    }
}
