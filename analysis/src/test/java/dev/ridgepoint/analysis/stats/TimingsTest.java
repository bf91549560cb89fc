package dev.ridgepoint.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Timing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimingsTest {
    /** A warm-up of two, then five iterations. */
    private static final double[] WARMING = {180, 120, 100, 101, 99, 100, 100};

    @Test
    void headlineIsTheGeometricMeanOfSteadyForkMeans() {
        List<IterationLine> lines = new ArrayList<>();
        lines.addAll(fork("c", 0, 2, WARMING));
        lines.addAll(fork("c", 1, 2, scaled(WARMING, 4)));
        Collections.shuffle(lines, new Random(1));
        Timing timing = Timings.summarise(lines, 0.95);
        assertEquals(200, timing.steadyNs(), 1e-9);
        assertEquals(99, timing.bestNs(), "best is the fastest measured iteration, and no headline");
        assertEquals(
                List.of(100.0, 400.0),
                timing.forks().stream().map(Timing.Fork::steadyNs).toList());
        assertEquals(
                List.of(2, 2),
                timing.forks().stream().map(Timing.Fork::steadyFrom).toList());
        assertTrue(timing.ciLowNs() < 200 && timing.ciHighNs() > 200);
        assertEquals(Map.of(), timing.percentiles(), "ten iterations hold no percentile");
    }

    @Test
    void slowIterationsAfterTheWarmupAreNoPartOfTheMean() {
        double[] late = {150, 150, 150, 100, 100, 100, 100, 100, 100, 100};
        Timing timing = Timings.summarise(fork("c", 0, 1, late), 0.95);
        assertEquals(100, timing.steadyNs(), 1e-9);
        assertEquals(3, timing.forks().get(0).steadyFrom());
        assertEquals(9, timing.forks().get(0).iterations());
    }

    @Test
    void anUnsteadyForkKeepsAllItsIterationsAndSaysSo() {
        double[] drifting = {100, 100, 100, 100, 100, 100, 130, 160, 190, 220};
        Timing timing = Timings.summarise(fork("c", 0, 2, drifting), 0.95);
        assertFalse(timing.forks().get(0).steady());
        assertEquals((4 * 100 + 130 + 160 + 190 + 220) / 8.0, timing.steadyNs(), 1e-9);
    }

    @Test
    void forksWithoutSpreadDetectTheMarginItself() {
        List<IterationLine> lines = new ArrayList<>(fork("c", 0, 2, WARMING));
        lines.addAll(fork("c", 1, 2, WARMING));
        Timing timing = Timings.summarise(lines, 0.95);
        assertEquals(DetectableEffect.MARGIN, timing.mde(), 1e-12);
        assertEquals(0, timing.betweenForkCv());
        assertEquals(timing.steadyNs(), timing.ciLowNs(), 1e-9);
    }

    @Test
    void oneForkHasNoInterval() {
        Timing timing = Timings.summarise(fork("c", 3, 2, WARMING), 0.95);
        assertNull(timing.ciLowNs());
        assertNull(timing.ciHighNs());
        assertNull(timing.betweenForkCv());
        assertNull(timing.mde());
    }

    @Test
    void percentilesAppearWithEnoughSamplesAndAreOfTheSteadyPart() {
        Random random = new Random(7);
        double[] many = random.doubles(1300, 90, 110).toArray();
        many[0] = 500;
        Timing timing = Timings.summarise(fork("c", 0, 1, many), 0.95);
        assertTrue(timing.percentiles().containsKey("p50"));
        assertFalse(timing.percentiles().containsKey("p99"));
        assertEquals(100, timing.percentiles().get("p50"), 1.5);
    }

    @Test
    void eachFaultIsNamed() {
        assertFault("none to summarise", List.of());
        assertFault("'c' and 'd'", List.of(line("c", 0, 0, false, 1), line("d", 0, 1, false, 1)));
        assertFault(
                "fork 2 iteration 2: expected iteration 1",
                List.of(line("c", 2, 0, false, 1), line("c", 2, 2, false, 1)));
        assertFault(
                "a warm-up after a measured iteration", List.of(line("c", 0, 0, false, 1), line("c", 0, 1, true, 1)));
        assertFault("no measured iteration", List.of(line("c", 0, 0, true, 1)));
        assertThrows(IllegalArgumentException.class, () -> Timings.summarise(fork("c", 0, 2, WARMING), 1));
    }

    /** The interval promises 95 %: on log-normal forks it must keep that promise. */
    @Test
    void theIntervalCoversTheTruthAsOftenAsItSays() {
        Random random = new Random(11);
        int covered = 0;
        int runs = 4000;
        for (int run = 0; run < runs; run++) {
            double[] means = new double[5];
            for (int i = 0; i < means.length; i++) {
                means[i] = 100 * Math.exp(0.02 * random.nextGaussian());
            }
            ForkStatistics found = ForkStatistics.of(means, 0.95);
            covered += found.low() <= 100 && 100 <= found.high() ? 1 : 0;
        }
        assertEquals(0.95, covered / (double) runs, 0.012);
    }

    /** The MDE promises 80 %: simulated gates must call that share of slowdowns of exactly that size. */
    @Test
    void theRuleFindsTheDetectableEffectInFourOfFiveGates() {
        Random random = new Random(13);
        for (int forks : new int[] {3, 5, 10}) {
            double s = 0.02;
            double effect = Math.log1p(DetectableEffect.of(forks, s));
            int called = 0;
            int gates = 3000;
            for (int gate = 0; gate < gates; gate++) {
                called += WelchRule.callsSlower(logs(random, forks, s, 0), logs(random, forks, s, effect)) ? 1 : 0;
            }
            assertEquals(0.8, called / (double) gates, 0.025, forks + " forks");
        }
    }

    private static double[] logs(Random random, int n, double s, double mean) {
        double[] logs = new double[n];
        for (int i = 0; i < n; i++) {
            logs[i] = mean + s * random.nextGaussian();
        }
        return logs;
    }

    private static void assertFault(String words, List<IterationLine> lines) {
        String message = assertThrows(IllegalArgumentException.class, () -> Timings.summarise(lines, 0.95))
                .getMessage();
        assertTrue(message.contains(words), message);
    }

    private static double[] scaled(double[] values, double by) {
        double[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= by;
        }
        return scaled;
    }

    private static List<IterationLine> fork(String id, int fork, int warmups, double[] times) {
        List<IterationLine> lines = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            lines.add(line(id, fork, i, i < warmups, times[i]));
        }
        return lines;
    }

    private static IterationLine line(String id, int fork, int iteration, boolean warmup, double ns) {
        return new IterationLine(id, fork, iteration, warmup, ns, 1000, 1_790_000_000_000_000L + iteration);
    }
}
