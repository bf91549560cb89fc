package dev.ridgepoint.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.stats.DetectableEffect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

/** Against worked examples, commons-math's tests, and simulations that share no formula with ours. */
class StatisticsTest {
    private static final double[] ONE_TO_FIVE = {1, 2, 3, 4, 5};
    private static final double[] EVEN = {2, 4, 6, 8, 10};
    private static final double MARGIN = Math.log(1.03);
    private static final int TRIALS = 20_000;

    /** Four standard errors of so many trials at 80 %, and what the grid of nodes leaves. */
    private static final double CLOSE = 0.0113 + 0.003;

    /** Variances 2.5 and 10: standard error sqrt(0.5 + 2), and 2.5^2 / (0.25/4 + 4/4) degrees of freedom. */
    @Test
    void welchByHand() {
        TwoSamples test = TwoSamples.welch(ONE_TO_FIVE, EVEN);
        assertEquals(3, test.difference(), 1e-12);
        assertEquals(Math.sqrt(2.5), test.error(), 1e-12);
        assertEquals(6.25 / 1.0625, test.df(), 1e-12);
        assertEquals(0.1075312, test.p(), 1e-6);
        // t at 0.975 and 5.882 degrees of freedom is 2.45885.
        assertEquals(3 - 2.45885 * Math.sqrt(2.5), test.low(0.95), 1e-4);
        assertEquals(3 + 2.45885 * Math.sqrt(2.5), test.high(0.95), 1e-4);
    }

    @Test
    void welchAndPairedAgreeWithCommonsMath() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            double[] a = logs(random, 3 + i % 7, 0.01 * (1 + i % 5));
            double[] b = logs(random, 3 + i % 4, 0.02);
            assertEquals(new TTest().tTest(a, b), TwoSamples.welch(a, b).p(), 1e-9);
            double[] c = logs(random, a.length, 0.02);
            assertEquals(new TTest().pairedTTest(a, c), TwoSamples.paired(a, c).p(), 1e-9);
        }
    }

    /** Differences 1, 1, 1, 3, 4: mean 2, variance 2, standard error sqrt(2/5). */
    @Test
    void pairedByHand() {
        TwoSamples test = TwoSamples.paired(new double[] {1, 2, 3, 4, 5}, new double[] {2, 3, 4, 7, 9});
        assertEquals(2, test.difference(), 1e-12);
        assertEquals(Math.sqrt(0.4), test.error(), 1e-12);
        assertEquals(4, test.df(), 1e-12);
    }

    @Test
    void equivalenceByHand() {
        // Error sqrt(2.5): of a difference of 3 and bounds of 7 the upper test is the weaker, t = (7 - 3) / error.
        TwoSamples test = TwoSamples.welch(ONE_TO_FIVE, EVEN);
        double t = 4 / Math.sqrt(2.5);
        double expected = 1 - new TDistribution(null, 6.25 / 1.0625).cumulativeProbability(t);
        assertEquals(expected, test.pEquivalent(7), 1e-9);
        TwoSamples turned = TwoSamples.welch(EVEN, ONE_TO_FIVE);
        assertEquals(expected, turned.pEquivalent(7), 1e-9, "either way");
        assertTrue(test.pEquivalent(2.9) > 0.5, "a difference beyond the bounds is not shown to be within");
    }

    /** A true change of the margin must not be called equivalent more than once in twenty times. */
    @Test
    void equivalenceKeepsItsLevel() {
        Random random = new Random(11);
        int called = 0;
        int trials = 20_000;
        for (int i = 0; i < trials; i++) {
            double[] a = logs(random, 5, 0.01);
            double[] b = shifted(logs(random, 5, 0.01), MARGIN);
            called += TwoSamples.welch(a, b).pEquivalent(MARGIN) <= 0.05 ? 1 : 0;
        }
        double rate = (double) called / trials;
        assertTrue(rate > 0.035 && rate < 0.055, "called equivalent: " + rate);
    }

    @Test
    void forksThatDoNotVaryAreCertain() {
        double[] same = {2, 2, 2};
        Figures none = Statistics.of(same, same, 0.03, false, 1);
        assertEquals(1, none.p());
        assertEquals(0, none.pEquivalent());
        assertEquals(0.03, none.mde(), 1e-12);
        Figures some = Statistics.of(same, new double[] {3, 3, 3}, 0.03, false, 1);
        assertEquals(0, some.p());
        assertEquals(1, some.pEquivalent());
        assertEquals(Math.E, some.low(), 1e-12);
    }

    /** p of 0.005, 0.01, 0.03, 0.04 times 4 over rank: 0.02, 0.02, 0.04, 0.04. */
    @Test
    void benjaminiHochbergByHand() {
        assertArrayEquals(
                new double[] {0.02, 0.04, 0.04, 0.02}, FalseDiscovery.q(new double[] {0.01, 0.04, 0.03, 0.005}), 1e-12);
        // 0.05 alone of three: 0.15, and a smaller p behind a large one takes the smaller of both.
        assertArrayEquals(new double[] {0.06, 0.06, 0.9}, FalseDiscovery.q(new double[] {0.04, 0.03, 0.9}), 1e-12);
        assertArrayEquals(new double[0], FalseDiscovery.q(new double[0]));
    }

    @Test
    void cliffsDeltaByHand() {
        // Against 1 to 5, the 2 is larger once and smaller three times, the 4 three times and once, the rest always
        // larger.
        assertEquals((1 - 3 + 3 - 1 + 15) / 25.0, Beside.cliffsDelta(ONE_TO_FIVE, EVEN), 1e-12);
        assertEquals(1, Beside.cliffsDelta(new double[] {1, 2}, new double[] {3, 4}));
        assertEquals(-1, Beside.cliffsDelta(new double[] {3, 4}, new double[] {1, 2}));
    }

    @Test
    void bootstrapIsRepeatableAndAboutAsWideAsTheory() {
        Random random = new Random(3);
        double[] a = logs(random, 200, 0.02);
        double[] b = logs(random, 200, 0.02);
        double[] interval = Beside.bootstrap(a, b, false, 5);
        assertArrayEquals(interval, Beside.bootstrap(a, b, false, 5));
        double half = 1.96 * Math.sqrt(StatUtils.variance(a) / 200 + StatUtils.variance(b) / 200);
        assertEquals(2 * half, interval[1] - interval[0], 0.15 * 2 * half);
    }

    @Test
    void detectableChangeIsDetectedFourTimesInFive() {
        // Forks a side, standard deviations of their logs, and the rule's margin.
        power(5, 0.02, 5, 0.02, 0.03);
        power(3, 0.01, 8, 0.05, 0.03);
        power(10, 0.03, 4, 0.01, 0.1);
        power(5, 0.02, 5, 0.02, 0);
    }

    /** Spreads are seen as these; what they are is drawn from what a variance seen with so many forks may be. */
    private static void power(int n, double sd, int m, double sdB, double margin) {
        double[] seen = exactly(n, sd);
        double[] seenB = exactly(m, sdB);
        double mde = DetectableChange.welch(seen, seenB, Spreads.UNKNOWN).atMargin(Math.log1p(margin));
        Random random = new Random(n * 31L + m);
        int called = 0;
        for (int i = 0; i < TRIALS; i++) {
            double truth = truth(n + m - 2, random);
            double[] a = logs(random, n, sd * truth);
            double[] b = shifted(logs(random, m, sdB * truth), Math.log1p(mde));
            boolean beyond = StatUtils.mean(b) - StatUtils.mean(a) > Math.log1p(margin);
            called += beyond && new TTest().tTest(a, b) < 0.05 ? 1 : 0;
        }
        assertEquals(0.8, (double) called / TRIALS, CLOSE, n + " and " + m + " forks, mde " + mde);
    }

    @Test
    void detectableChangeOfBlocksIsDetectedFourTimesInFive() {
        double[] zero = new double[6];
        double mde =
                DetectableChange.paired(zero, exactly(6, 0.02), Spreads.UNKNOWN).atMargin(MARGIN);
        Random random = new Random(5);
        int called = 0;
        for (int i = 0; i < TRIALS; i++) {
            double[] block = logs(random, 6, 0.3);
            double[] candidate = block.clone();
            double[] noise = logs(random, 6, 0.02 * truth(5, random));
            for (int j = 0; j < 6; j++) {
                candidate[j] += noise[j] + Math.log1p(mde);
            }
            boolean beyond = StatUtils.mean(candidate) - StatUtils.mean(block) > MARGIN;
            called += beyond && new TTest().pairedTTest(block, candidate) < 0.05 ? 1 : 0;
        }
        assertEquals(0.8, (double) called / TRIALS, CLOSE);
    }

    /** The true deviation over the one seen, its logarithm normal with the moments of chi squared's. */
    private static double truth(int df, Random random) {
        double bias = Gamma.digamma(df / 2.0) - Math.log(df / 2.0);
        return Math.exp((Math.sqrt(Gamma.trigamma(df / 2.0)) * random.nextGaussian() - bias) / 2);
    }

    /** What is reported from forks that nobody knew the spread of is found by fresh ones, four times in five. */
    @Test
    void aReportedChangeIsDetectedFourTimesInFive() {
        Random random = new Random(17);
        int welch = 0;
        int paired = 0;
        int reports = 4000;
        int fresh = 5;
        for (int i = 0; i < reports; i++) {
            double[] a = logs(random, 5, 0.02);
            double[] b = logs(random, 5, 0.02);
            double ofWelch =
                    Math.log1p(DetectableChange.welch(a, b, Spreads.UNKNOWN).atMargin(0));
            double ofPaired =
                    Math.log1p(DetectableChange.paired(a, b, Spreads.UNKNOWN).atMargin(0));
            for (int j = 0; j < fresh; j++) {
                double[] base = logs(random, 5, 0.02);
                double[] candidate = logs(random, 5, 0.02);
                welch += slower(TwoSamples.welch(base, shifted(candidate, ofWelch))) ? 1 : 0;
                paired += slower(TwoSamples.paired(base, shifted(candidate, ofPaired))) ? 1 : 0;
            }
        }
        // A spread taken as observed finds 74 % by the first. The logarithm of a variance is not quite normal, of 4
        // degrees of
        // freedom less so.
        assertEquals(0.8, (double) welch / (reports * fresh), 0.02);
        assertEquals(0.8, (double) paired / (reports * fresh), 0.03);
    }

    /** Also where one looks at the narrowest or the widest alone, which are what they are by luck in part. */
    @Test
    void aReportedChangeAmongOthersIsDetectedFourTimesInFive() {
        Random random = new Random(23);
        int cases = 1500;
        double[] truths = new double[cases];
        double[][] bases = new double[cases][];
        double[][] candidates = new double[cases][];
        List<Spreads.Seen> seen = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            truths[i] = 0.02 * Math.exp(0.5 * random.nextGaussian());
            bases[i] = logs(random, 5, truths[i]);
            candidates[i] = logs(random, 5, truths[i]);
            seen.add(DetectableChange.seen(bases[i], candidates[i], false));
        }
        Spreads spreads = Spreads.of(seen);
        List<double[]> reported = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            double mde = Math.log1p(
                    DetectableChange.welch(bases[i], candidates[i], spreads).atMargin(0));
            double found = 0;
            for (int j = 0; j < 40; j++) {
                double[] candidate = shifted(logs(random, 5, truths[i]), mde);
                found += slower(TwoSamples.welch(logs(random, 5, truths[i]), candidate)) ? 1 : 0;
            }
            reported.add(new double[] {mde, found / 40});
        }
        reported.sort(Comparator.comparingDouble(one -> one[0]));
        for (int bin = 0; bin < 5; bin++) {
            double power = reported.subList(bin * 300, (bin + 1) * 300).stream()
                    .mapToDouble(one -> one[1])
                    .average()
                    .orElseThrow();
            assertEquals(0.8, power, 0.04, "bin " + bin);
        }
    }

    /** Four others that differ by noise alone draw a spread to their mean, and one that is alone stays where it is. */
    @Test
    void spreadsByHand() {
        Spreads.Scales scales = Spreads.UNKNOWN.scales(new Spreads.Seen(4, 8));
        double[] alone = scales.ratios();
        double[] same = Spreads.UNKNOWN.scales(new Spreads.Seen(1, 8)).ratios();
        assertArrayEquals(same, alone, 1e-12, "over the one observed");
        // Half the corrected log, which is Euler's constant less 11/6 (digamma of 4) and the logarithm of 4 away.
        double centre = (0.5772156649015329 - 11.0 / 6 + Math.log(4)) / 2;
        assertEquals(centre, (Math.log(alone[0]) + Math.log(alone[alone.length - 1])) / 2, 1e-6);
        Spreads.Seen one = new Spreads.Seen(1, 8);
        Spreads others = Spreads.of(List.of(one, one, new Spreads.Seen(1.2, 8), new Spreads.Seen(0.8, 8), one));
        // Five of them: half the way, (5 - 3) over (5 - 1), since noise explains all of how they differ.
        double off = Math.log(3) - (Math.log(1.2) + Math.log(0.8)) / 5;
        double[] drawn = others.scales(new Spreads.Seen(3, 8)).ratios();
        assertEquals(middle(alone) * Math.exp(-off / 2 / 2), middle(drawn), 1e-9);
        // Trigamma of 4 is pi^2/6 less 1, 1/4 and 1/9.
        double noise = Math.PI * Math.PI / 6 - 1 - 1 / 4.0 - 1 / 9.0;
        double all = 0;
        double squares = 0;
        for (int i = 0; i < alone.length; i++) {
            all += scales.weights()[i];
            squares += scales.weights()[i] * Math.pow(Math.log(alone[i]) - centre, 2);
        }
        assertEquals(1, all, 1e-12, "weights");
        assertEquals(noise / 4, squares, 1e-9, "half the log's deviation");
        double spread = noise * (1 - 0.5 * 4 / 5) + 2.0 / 2 * 0.25 * off * off;
        assertEquals(Math.sqrt(spread / noise), reach(drawn) / reach(alone), 1e-9);
        assertEquals(Spreads.UNKNOWN, Spreads.of(List.of(one, one, one, new Spreads.Seen(0, 8))), "too few that vary");
    }

    private static double reach(double[] scales) {
        return Math.log(scales[scales.length - 1] / scales[0]);
    }

    private static double middle(double[] scales) {
        return scales[scales.length / 2];
    }

    private static boolean slower(TwoSamples test) {
        return test.difference() > 0 && test.p() < DetectableChange.ALPHA;
    }

    /** Of a spread that is known it is what a run's own report promises, computed there in another way. */
    @Test
    void detectableChangeAgreesWithTheReports() {
        for (int forks : new int[] {3, 5, 10, 20}) {
            for (double sd : new double[] {0.005, 0.02, 0.1}) {
                double ours = DetectableChange.alike(forks, sd).atMargin(Math.log1p(DetectableEffect.MARGIN));
                assertEquals(1, ours / DetectableEffect.of(forks, sd), 4e-3, forks + " forks, " + sd);
            }
        }
    }

    @Test
    void tablesAreCloseEnough() {
        for (double df = 1; df < 300; df *= 1.013) {
            double exact = new TDistribution(null, df).inverseCumulativeProbability(0.975);
            assertEquals(1, StudentTable.twoSided(df) / exact, 1e-4, "df " + df);
        }
        NormalDistribution normal = new NormalDistribution();
        for (double z = -6; z <= 6; z += 0.01) {
            assertEquals(normal.cumulativeProbability(z), NormalTail.cdf(z), 1.5e-7, "z " + z);
        }
    }

    private static double[] logs(Random random, int n, double sd) {
        double[] logs = new double[n];
        for (int i = 0; i < n; i++) {
            logs[i] = sd * random.nextGaussian();
        }
        return logs;
    }

    /** Values whose sample standard deviation is exactly this. */
    private static double[] exactly(int n, double sd) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = i;
        }
        double scale = sd / Math.sqrt(StatUtils.variance(values));
        for (int i = 0; i < n; i++) {
            values[i] *= scale;
        }
        return values;
    }

    private static double[] shifted(double[] values, double by) {
        double[] shifted = values.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += by;
        }
        return shifted;
    }
}
