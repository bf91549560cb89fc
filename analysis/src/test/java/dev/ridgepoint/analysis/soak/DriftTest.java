package dev.ridgepoint.analysis.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** What the interval of a drift holds and what it shows, by simulation. */
class DriftTest {
    private static final int TRIALS = 1500;
    private static final double SD = 0.02;

    @Test
    void fewForksTellNothing() {
        assertNull(Drift.of(hours(5), new double[5]));
    }

    @Test
    void aThirdOfTheForksMayBeFarOff() {
        double[] hours = hours(30);
        double[] logs = Arrays.stream(hours).map(hour -> 0.03 * hour).toArray();
        for (int i = 0; i < 8; i++) {
            logs[3 * i + 2] += 1;
        }
        assertEquals(0.03, Drift.of(hours, logs).perHour(), 0.02);
        assertTrue(Drift.of(hours, Arrays.stream(hours).map(hour -> 0.03 * hour).toArray())
                .seen());
    }

    @Test
    void intervalsHoldTheTruth() {
        for (int forks : new int[] {6, 12, 40}) {
            Random random = new Random(forks);
            double covered = covered(forks, random::nextGaussian);
            System.out.printf(
                    Locale.ROOT, "drift, %d independent forks: intervals hold the truth in %.1f %%%n", forks, covered);
            assertTrue(covered >= 92 && covered <= 99, forks + " forks: " + covered);
        }
    }

    /** Neighbours share half of what moves them, as on a machine with moods. */
    @Test
    void correlatedForksWidenIt() {
        Random random = new Random(3);
        double[] mood = {0};
        double covered = covered(40, () -> {
            mood[0] = 0.5 * mood[0] + Math.sqrt(0.75) * random.nextGaussian();
            return mood[0];
        });
        System.out.printf(Locale.ROOT, "drift, 40 forks correlated by a half: intervals hold it in %.1f %%%n", covered);
        assertTrue(covered >= 86, "" + covered);
    }

    @Test
    void whatIsCalledDetectableIsFoundFourTimesInFive() {
        Random random = new Random(7);
        double[] hours = hours(20);
        double detects = 0;
        for (int i = 0; i < TRIALS; i++) {
            detects += Drift.of(hours, logs(hours, 0, random::nextGaussian)).detects() / TRIALS;
        }
        int found = 0;
        for (int i = 0; i < TRIALS; i++) {
            Drift drift = Drift.of(hours, logs(hours, detects, random::nextGaussian));
            found += drift.low() > 0 ? 1 : 0;
        }
        double power = 100.0 * found / TRIALS;
        System.out.printf(Locale.ROOT, "drift called detectable: found in %.1f %%%n", power);
        assertTrue(power >= 70 && power <= 90, "" + power);
    }

    @Test
    void thousandsOfForksAreJoinedAndTellTheSame() {
        Random random = new Random(11);
        double[] hours = hours(5000);
        Drift drift = Drift.of(hours, logs(hours, 0.01, random::nextGaussian));
        assertTrue(drift.low() < 0.01 && 0.01 < drift.high(), drift.toString());
        assertTrue(drift.seen());
        assertFalse(
                Drift.of(hours, logs(hours, 0, new Random(12)::nextGaussian)).seen());
    }

    private static double covered(int forks, DoubleSupplier noise) {
        double[] hours = hours(forks);
        int covered = 0;
        for (int i = 0; i < TRIALS; i++) {
            Drift drift = Drift.of(hours, logs(hours, 0.05, noise));
            covered += drift.low() <= 0.05 && 0.05 <= drift.high() ? 1 : 0;
        }
        return 100.0 * covered / TRIALS;
    }

    private static double[] hours(int forks) {
        double[] hours = new double[forks];
        Arrays.setAll(hours, i -> (i + 0.5) / forks);
        return hours;
    }

    private static double[] logs(double[] hours, double slope, DoubleSupplier noise) {
        double[] logs = new double[hours.length];
        Arrays.setAll(logs, i -> 7 + slope * hours[i] + SD * noise.getAsDouble());
        return logs;
    }
}
