package dev.ridgepoint.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.ForkAim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

/**
 * A gate's figures over real forks of the same code: by splitting them, and by drawing fresh ones from a model of each
 * benchmark ({@link RealForks}), so that a second stage has forks of its own. These are CPU figures after some 250 s of
 * warm-up.
 */
class TwoStagesTest {
    private static final double MARGIN = Math.log(1.03);
    private static final int FORKS = 5;

    /** Where the user of {@code confirm} says nothing. */
    private static final ForkAim AIM = new ForkAim(ForkAim.Of.RATIO, 0.02, Confirmation.MOST_FORKS);

    @Test
    void falseAlarmsAndCoverageOfSeededSplits() {
        seededSplits(RealForks.logs(), "");
    }

    @Test
    void falseAlarmsAndCoverageOfSeededSplitsKeptBack() {
        seededSplits(RealForks.keptBack(), ", kept back");
    }

    private static void seededSplits(List<double[]> rows, String which) {
        assertEquals(293, rows.size());
        Random random = new Random(20261122);
        int splits = 400;
        int alarms = 0;
        int covered = 0;
        for (int split = 0; split < splits; split++) {
            for (double[] logs : rows) {
                double[] shuffled = shuffled(logs, random);
                TwoSamples test = TwoSamples.welch(
                        Arrays.copyOfRange(shuffled, 0, FORKS), Arrays.copyOfRange(shuffled, FORKS, 2 * FORKS));
                double p = test.p();
                covered += p > 1 - Statistics.CONFIDENCE ? 1 : 0;
                alarms += p <= DetectableChange.ALPHA && Math.abs(test.difference()) > MARGIN ? 1 : 0;
            }
        }
        double tests = (double) splits * rows.size();
        System.out.printf(
                Locale.ROOT,
                "%d seeded splits of %d benchmarks%s: false alarms %.2f %% before correction, intervals cover %.1f %%%n",
                splits,
                rows.size(),
                which,
                100 * alarms / tests,
                100 * covered / tests);
        assertTrue(alarms / tests <= 0.02);
        assertTrue(covered / tests >= 0.93 && covered / tests <= 0.97);
    }

    /** One case in a hundred is slower. */
    @Test
    void afterBothStages() {
        bothStages(RealForks.logs(), "");
    }

    @Test
    void afterBothStagesKeptBack() {
        bothStages(RealForks.keptBack(), ", kept back");
    }

    private static void bothStages(List<double[]> rows, String which) {
        Tally five = rounds(rows, Math.log(1.05), 120);
        Tally ten = rounds(rows, Math.log(1.10), 120);
        System.out.printf(
                Locale.ROOT,
                "two stages, 3 of 293 slowed%s: false alarms %.3f %% and %.3f %%; +5 %% found %.0f %%, +10 %% found %.0f %%"
                        + " (one stage: %.0f %% and %.0f %%); %.0f %% of the cases run again with %.1f forks a side,"
                        + " %.0f %% of these with the most%n",
                which,
                five.falseAlarms(),
                ten.falseAlarms(),
                five.found(),
                ten.found(),
                100.0 * five.foundInOne / five.slowed,
                100.0 * ten.foundInOne / ten.slowed,
                100.0 * ten.again / (ten.quiet + ten.slowed),
                (double) ten.forks / ten.again,
                100.0 * ten.atMost / ten.again);
        assertTrue(five.falseAlarms() <= 0.2 && ten.falseAlarms() <= 0.2);
        assertTrue(five.found() >= 60, "+5 %: " + five.found());
        assertTrue(ten.found() >= 80, "+10 %: " + ten.found());
        assertTrue(ten.foundInOne < ten.found, "two stages must find more than one");
    }

    private static final class Tally {
        private int quiet;
        private int slowed;
        private int called;
        private int found;
        private int foundInOne;
        private int again;
        private int forks;
        private int atMost;

        double falseAlarms() {
            return 100.0 * called / quiet;
        }

        double found() {
            return 100.0 * found / slowed;
        }
    }

    private static Tally rounds(List<double[]> rows, double slowdown, int rounds) {
        Random random = new Random(4);
        Tally tally = new Tally();
        for (int round = 0; round < rounds; round++) {
            double[] shifts = new double[rows.size()];
            for (int i = 0; i < 3; i++) {
                shifts[3 * random.nextInt(rows.size() / 3) + i] = slowdown;
            }
            round(rows, shifts, random, tally);
        }
        return tally;
    }

    private static void round(List<double[]> rows, double[] shifts, Random random, Tally tally) {
        int n = rows.size();
        TwoSamples[] first = new TwoSamples[n];
        for (int i = 0; i < n; i++) {
            first[i] =
                    TwoSamples.welch(draw(rows.get(i), FORKS, 0, random), draw(rows.get(i), FORKS, shifts[i], random));
        }
        Verdict[] verdicts = verdicts(first);
        List<Integer> again = new ArrayList<>();
        List<TwoSamples> second = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            tally.slowed += shifts[i] > 0 ? 1 : 0;
            tally.quiet += shifts[i] > 0 ? 0 : 1;
            tally.foundInOne += shifts[i] > 0 && verdicts[i] == Verdict.SLOWER ? 1 : 0;
            if (Confirmation.wanted(verdicts[i])) {
                again.add(i);
                int blocks = second(rows.get(i), shifts[i], second, random);
                tally.again++;
                tally.forks += blocks;
                tally.atMost += blocks == AIM.mostForks() ? 1 : 0;
            }
        }
        Verdict[] confirmed = verdicts(second.toArray(new TwoSamples[0]));
        for (int j = 0; j < confirmed.length; j++) {
            boolean slow = shifts[again.get(j)] > 0;
            tally.found += slow && confirmed[j] == Verdict.SLOWER ? 1 : 0;
            tally.called += !slow && confirmed[j] != Verdict.EQUIVALENT && confirmed[j] != Verdict.INCONCLUSIVE ? 1 : 0;
        }
    }

    /** As {@code confirm} runs it: blocks from ten on until the ratio is narrow enough or the most have run; returns how many. */
    private static int second(double[] row, double shift, List<TwoSamples> tests, Random random) {
        double[] base = draw(row, AIM.mostForks(), 0, random);
        double[] candidate = draw(row, AIM.mostForks(), shift, random);
        int blocks = Confirmation.LEAST_FORKS;
        while (blocks < AIM.mostForks() && !AIM.metBy(width(base, candidate, blocks))) {
            blocks++;
        }
        tests.add(TwoSamples.paired(Arrays.copyOf(base, blocks), Arrays.copyOf(candidate, blocks)));
        return blocks;
    }

    private static double width(double[] base, double[] candidate, int blocks) {
        return PairedWidth.of(ns(base, blocks), ns(candidate, blocks));
    }

    private static double[] ns(double[] logs, int forks) {
        return Arrays.stream(logs, 0, forks).map(Math::exp).toArray();
    }

    /** Both stages' rule is one. */
    private static Verdict[] verdicts(TwoSamples[] tests) {
        double[] q =
                FalseDiscovery.q(Arrays.stream(tests).mapToDouble(TwoSamples::p).toArray());
        Verdict[] verdicts = new Verdict[tests.length];
        for (int i = 0; i < q.length; i++) {
            verdicts[i] = Confirmation.verdict(tests[i].difference(), q[i], tests[i].pEquivalent(MARGIN), MARGIN);
        }
        return verdicts;
    }

    /** The slowdown reported as detectable is, four times in five, whatever it is. */
    @Test
    void realisedPowerAtTheReportedMde() {
        realisedPower(RealForks.logs(), "");
    }

    @Test
    void realisedPowerAtTheReportedMdeKeptBack() {
        realisedPower(RealForks.keptBack(), "kept back, ");
    }

    /** Each round is one comparison of all benchmarks, whose spreads are judged together. */
    private static void realisedPower(List<double[]> rows, String which) {
        Random random = new Random(8);
        List<double[]> reported = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            List<double[]> bases = new ArrayList<>();
            List<double[]> candidates = new ArrayList<>();
            List<Spreads.Seen> seen = new ArrayList<>();
            for (double[] row : rows) {
                bases.add(draw(row, FORKS, 0, random));
                candidates.add(draw(row, FORKS, 0, random));
                seen.add(DetectableChange.seen(bases.get(seen.size()), candidates.get(seen.size()), false));
            }
            Spreads spreads = Spreads.of(seen);
            for (int i = 0; i < rows.size(); i++) {
                double mde = Math.log1p(DetectableChange.welch(bases.get(i), candidates.get(i), spreads)
                        .atMargin(MARGIN));
                reported.add(new double[] {mde, power(rows.get(i), mde, random)});
            }
        }
        reported.sort(Comparator.comparingDouble(one -> one[0]));
        int bins = 6;
        List<String> outside = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            List<double[]> in = reported.subList(bin * reported.size() / bins, (bin + 1) * reported.size() / bins);
            double power =
                    100 * in.stream().mapToDouble(one -> one[1]).average().orElseThrow();
            System.out.printf(
                    Locale.ROOT,
                    "%sreported MDE %.1f to %.1f %%: found %.1f %% of the time%n",
                    which,
                    100 * Math.expm1(in.get(0)[0]),
                    100 * Math.expm1(in.get(in.size() - 1)[0]),
                    power);
            if (power < 75 || power > 85) {
                outside.add("bin " + bin + ": " + power);
            }
        }
        assertTrue(outside.isEmpty(), outside.toString());
    }

    private static double power(double[] row, double slowdown, Random random) {
        int trials = 100;
        int found = 0;
        for (int i = 0; i < trials; i++) {
            TwoSamples test = TwoSamples.welch(draw(row, FORKS, 0, random), draw(row, FORKS, slowdown, random));
            found += test.difference() > MARGIN && test.p() < DetectableChange.ALPHA ? 1 : 0;
        }
        return (double) found / trials;
    }

    /** The model keeps a benchmark's mean and spread. */
    @Test
    void freshForksAreLikeTheRealOnes() {
        Random random = new Random(2);
        for (double[] row : RealForks.logs().subList(0, 40)) {
            double[] many = draw(row, 20_000, 0, random);
            double sd = RealForks.sd(row);
            assertEquals(StatUtils.mean(row), StatUtils.mean(many), 0.05 * sd);
            assertEquals(1, RealForks.sd(many) / sd, 0.05);
        }
    }

    private static double[] draw(double[] row, int forks, double shift, Random random) {
        double[] drawn = new double[forks];
        Arrays.setAll(drawn, i -> shift + RealForks.draw(row, random));
        return drawn;
    }

    private static double[] shuffled(double[] values, Random random) {
        double[] shuffled = values.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double swapped = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swapped;
        }
        return shuffled;
    }
}
