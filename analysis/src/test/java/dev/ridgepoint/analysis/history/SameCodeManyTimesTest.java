package dev.ridgepoint.analysis.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ridgepoint.analysis.compare.RealForks;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Histories of runs whose forks are drawn from real ones: nothing changes, or one case does at a known run. */
class SameCodeManyTimesTest {
    private static final int RUNS = 30;
    private static final int FORKS = 5;

    /** Most benchmarks vary by about this from fork to fork, or less. */
    private static final double CALM = 0.02;

    /** A history of all benchmarks; one of them slower by {@code step} from run {@code at} on. */
    private static History history(List<double[]> cases, int runs, int stepped, double step, int at, Random random) {
        List<RunExtract> extracts = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            List<RunPoint> points = new ArrayList<>(cases.size());
            for (int i = 0; i < cases.size(); i++) {
                double sum = 0;
                for (int fork = 0; fork < FORKS; fork++) {
                    sum += RealForks.draw(cases.get(i), random);
                }
                double slower = i == stepped && run >= at ? step : 0;
                points.add(new RunPoint("key" + i, "k by cpu", "case" + i, sum / FORKS + slower, FORKS, true));
            }
            extracts.add(new RunExtract(
                    "run" + run,
                    Instant.ofEpochSecond(1_790_000_000L + 3600L * run).toString(),
                    "protocol",
                    JsonNodeFactory.instance.objectNode(),
                    points));
        }
        return History.of(extracts, Map.of(), History.LEAST, List.of());
    }

    @Test
    void silentWhereNothingChanges() {
        List<double[]> cases = RealForks.logs();
        int histories = 40;
        int withAny = 0;
        int called = 0;
        for (int seed = 0; seed < histories; seed++) {
            int changed =
                    history(cases, RUNS, -1, 0, 0, new Random(seed)).changed().size();
            withAny += changed > 0 ? 1 : 0;
            called += changed;
        }
        System.out.printf(
                Locale.ROOT,
                "%d histories of %d cases in %d runs of the same code: %d called a case (%d cases, %.4f %%)%n",
                histories,
                cases.size(),
                RUNS,
                withAny,
                called,
                100.0 * called / histories / cases.size());
        // Benjamini and Hochberg keep it to one in twenty where nothing changes; four standard errors above that.
        assertTrue(withAny <= 7, withAny + " of 40 histories");
        assertTrue(called <= 8, called + " cases");
    }

    /** Of every eighth benchmark in turn, among all the others, a step of 3 % in the middle third of 30 runs. */
    @Test
    void findsAStepOfThreePercentInThirtyRuns() {
        List<double[]> cases = RealForks.logs();
        int tried = 0;
        int found = 0;
        int exact = 0;
        int quiet = 0;
        int quietFound = 0;
        for (int i = 0; i < cases.size(); i += 8) {
            int at = 10 + i % 11;
            tried++;
            List<CaseHistory> changed = history(cases, RUNS, i, Math.log(1.03), at, new Random(1000 + i))
                    .changed();
            String name = "case" + i;
            boolean is = changed.stream().anyMatch(one -> one.benchmark().equals(name));
            boolean there = changed.stream()
                    .anyMatch(one -> one.benchmark().equals(name)
                            && one.changes().stream().anyMatch(change -> Math.abs(change.at() - at) <= 1));
            boolean calm = RealForks.sd(cases.get(i)) < CALM;
            found += is ? 1 : 0;
            exact += there ? 1 : 0;
            quiet += calm ? 1 : 0;
            quietFound += calm && is ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "a step of 3 %% in %d runs, among %d cases: found in %d of %d, at that run or beside it in %d;"
                        + " where forks vary by less than 2 %%: %d of %d%n",
                RUNS,
                cases.size(),
                found,
                tried,
                exact,
                quietFound,
                quiet);
        assertTrue(quietFound >= 0.97 * quiet, quietFound + " of " + quiet);
        assertTrue(exact >= 0.85 * found, exact + " of " + found);
    }

    /** The algorithm on 1,000 runs of 500 cases; processor time, since the machine may be busy. */
    @Test
    void aThousandRunsOfFiveHundredCases() {
        Random random = new Random(3);
        List<double[]> cases = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            cases.add(RealForks.logs().get(i % 293));
        }
        var bean = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        long drawn = bean.getProcessCpuTime();
        History history = history(cases, 1000, 7, Math.log(1.1), 600, random);
        double seconds = (bean.getProcessCpuTime() - drawn) / 1e9;
        System.out.printf(
                Locale.ROOT, "1,000 runs of 500 cases, drawn and judged: %.1f s of processor time%n", seconds);
        assertEquals(500, history.cases().size());
        assertFalse(history.changed().isEmpty());
        assertEquals("case7", history.changed().get(0).benchmark());
        assertNotEquals(0, history.runs().size());
        assertTrue(seconds < 20, seconds + " s");
    }
}
