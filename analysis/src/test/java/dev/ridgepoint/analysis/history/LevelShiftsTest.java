package dev.ridgepoint.analysis.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.history.LevelShifts.Shift;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Worked examples, a published annotated series, and level and power against a plain E-divisive. */
class LevelShiftsTest {
    /**
     * Annual flow of the Nile at Aswan, 1871 to 1970, 10^8 m^3: the series that change-point methods are shown on since
     * Cobb 1978, "The problem of the Nile", Biometrika 65. The flow fell after 1898, when the first dam was begun.
     */
    private static final double[] NILE = {
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
        1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
        831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865,
        845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
        918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740
    };

    @Test
    void theNileFellIn1898AndNeverAgain() {
        assertEquals(100, NILE.length);
        List<Shift> shifts = LevelShifts.of(NILE);
        assertEquals(1, shifts.size(), shifts.toString());
        assertEquals(1899, 1871 + shifts.get(0).at(), "first year of the new level");
        assertTrue(shifts.get(0).p() < 1e-3);
    }

    /** Series whose change is known and was marked by people; of an evaluation of fourteen methods. */
    @Test
    void publishedSeriesChangeWhereTheirAnnotatorsSay() throws IOException {
        List<String> lines;
        try (InputStream in = LevelShiftsTest.class.getResourceAsStream("/history/annotated.csv")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
        assertEquals(4, lines.size());
        for (String line : lines) {
            String[] cells = line.split(",");
            double[] series = Arrays.stream(cells)
                    .skip(3)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            List<Shift> shifts = LevelShifts.p(series) <= 0.05 ? LevelShifts.of(series) : List.of();
            System.out.println(cells[0] + ": known " + cells[2] + ", found " + shifts);
            // The evaluation's own allowance: five places either way. A slope looks like further levels.
            assertTrue(
                    cells[2].equals("-")
                            || shifts.stream()
                                    .anyMatch(shift -> Math.abs(shift.at() - Integer.parseInt(cells[2])) <= 5),
                    cells[0] + ": " + shifts);
            if (cells[1].equals("level")) {
                assertEquals(cells[2].equals("-") ? 0 : 1, shifts.size(), cells[0] + ": " + shifts);
            }
        }
    }

    /** Quantiles of the normal distribution at 1/4, 1/2, 3/4, scaled; the two fives share 2/5 and 3/5. */
    @Test
    void scoresByHand() {
        assertArrayEquals(new double[] {1, -1, 0}, NormalScores.of(new double[] {7, 1, 3}), 1e-12);
        double quarter = new NormalDistribution().inverseCumulativeProbability(0.2);
        double scale = Math.sqrt(3 / (2 * quarter * quarter));
        assertArrayEquals(
                new double[] {0, scale * quarter, 0, -scale * quarter},
                NormalScores.of(new double[] {5, 1, 5, 9}),
                1e-9);
        assertArrayEquals(new double[3], NormalScores.of(new double[] {2, 2, 2}));
    }

    /** Of 1, 1, 1, -1, -1, -1 the halves differ by 2, whose standard error is sqrt(1/3 + 1/3). */
    @Test
    void strengthByHand() {
        SplitScan scan = new SplitScan(6);
        scan.see(new double[] {1, 1, 1, -1, -1, -1});
        assertArrayEquals(new int[] {3}, scan.places);
        assertArrayEquals(new double[] {2 / Math.sqrt(2 / 3.0)}, scan.strengths, 1e-12);
    }

    @Test
    void aRiseThatFallsBackIsTwoChanges() {
        double[] series = noise(new Random(5), 60, 0.01);
        for (int i = 25; i < 35; i++) {
            series[i] += 0.04;
        }
        assertEquals(
                List.of(25, 35), LevelShifts.of(series).stream().map(Shift::at).toList());
    }

    /** In the whole series a rise that soon falls back hides itself: windows see it. */
    @Test
    void aShortRiseInALongSeriesIsSeen() {
        int seen = 0;
        for (int seed = 0; seed < 40; seed++) {
            double[] series = noise(new Random(seed), 64, 1);
            for (int i = 27; i < 37; i++) {
                series[i] += 2.5;
            }
            seen += LevelShifts.p(series) <= 0.05 ? 1 : 0;
        }
        System.out.println("a rise of 2.5 deviations over 10 of 64 runs: seen in " + seen + " of 40");
        assertTrue(seen >= 36, seen + " of 40");
    }

    @Test
    void severalStepsAreFound() {
        int exact = 0;
        for (int seed = 0; seed < 100; seed++) {
            double[] series = noise(new Random(seed), 90, 0.01);
            for (int i = 0; i < 90; i++) {
                series[i] += i < 30 ? 0 : i < 60 ? 0.05 : 0.1;
            }
            exact += LevelShifts.of(series).stream().map(Shift::at).toList().equals(List.of(30, 60)) ? 1 : 0;
        }
        // Three quiet stretches, each tested at one in a hundred.
        assertTrue(exact >= 93, exact + " of 100");
    }

    /** One run gone astray is no level: no more of such series are called than of others. */
    @Test
    void oneAstrayIsNoChange() {
        int called = 0;
        for (int seed = 0; seed < 200; seed++) {
            double[] astray = noise(new Random(seed), 40, 0.01);
            astray[17] += 5;
            called += LevelShifts.p(astray) <= 0.05 ? 1 : 0;
        }
        assertTrue(called <= 22, called + " of 200");
    }

    @Test
    void whatIsTooShortOrConstantHoldsNothing() {
        assertEquals(1, LevelShifts.p(new double[] {1, 1, 2, 2, 2}));
        assertTrue(LevelShifts.of(new double[] {1, 1, 2, 2, 2}).isEmpty());
        assertEquals(1, LevelShifts.p(new double[30]));
    }

    /** Exact tables: of six runs in two halves, 2 of 20 ways to share out the ranks are as far apart as 1, 2, 3. */
    @Test
    void theSmallestSeriesHasThePThatCountingGives() {
        assertEquals(0.1, LevelShifts.p(new double[] {1, 2, 3, 11, 12, 13}), 0.01);
    }

    @Test
    void everyLengthKeepsItsLevel() {
        Random random = new Random(20261122);
        for (int n : new int[] {8, 30, 64, 65, 200}) {
            int called = 0;
            int trials = n > 100 ? 1000 : 4000;
            for (int i = 0; i < trials; i++) {
                called += LevelShifts.p(noise(random, n, 1)) <= 0.05 ? 1 : 0;
            }
            // Four standard errors above; below, ranks come in steps and long series share tables.
            double rate = (double) called / trials;
            assertTrue(
                    rate < 0.05 + 4 * Math.sqrt(0.05 * 0.95 / trials) && rate > (n < 10 ? 0.02 : 0.03),
                    n + " runs: " + rate);
        }
    }

    /** The same histories to both: ours must not find fewer steps at no higher a false-alarm rate. */
    @Test
    void noWeakerThanEDivisive() {
        Random random = new Random(77);
        int trials = 300;
        int[] ours = new int[2];
        int[] theirs = new int[2];
        for (int i = 0; i < trials; i++) {
            for (int stepped = 0; stepped < 2; stepped++) {
                double[] series = noise(random, 30, 1);
                for (int j = 8 + random.nextInt(15); j < 30; j++) {
                    series[j] += 1.3 * stepped;
                }
                ours[stepped] += LevelShifts.p(series) <= 0.05 ? 1 : 0;
                theirs[stepped] += EDivisive.p(series, 199, i) <= 0.05 ? 1 : 0;
            }
        }
        System.out.printf(
                "steps of 1.3 standard deviations in 30 runs: found %d of %d, by E-divisive %d; false alarms %d, %d%n",
                ours[1], trials, theirs[1], ours[0], theirs[0]);
        assertTrue(ours[1] >= theirs[1] - 12, "ours " + ours[1] + ", E-divisive " + theirs[1]);
        assertTrue(ours[0] <= 28 && theirs[0] <= 28);
    }

    private static double[] noise(Random random, int n, double sd) {
        double[] noise = new double[n];
        Arrays.setAll(noise, i -> sd * random.nextGaussian());
        return noise;
    }
}
