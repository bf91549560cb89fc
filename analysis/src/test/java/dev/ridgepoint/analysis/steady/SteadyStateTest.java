package dev.ridgepoint.analysis.steady;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.steady.SteadyState.Course;
import dev.ridgepoint.analysis.steady.SteadyState.Verdict;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Series a person can see. Each plot is a fork's iterations from left to right; {@code |} ends the warm-up. */
class SteadyStateTest {

    @Test
    void flat() {
        expect(Course.FLAT, 0, List.of(), """
                   |
                ###|##########
                   |
                """);
    }

    @Test
    void firstIterationSlow() {
        expect(Course.WARMUP, 1, List.of(1), """
                #  |
                   |
                   |
                 ##|##########
                """);
    }

    @Test
    void aRampInsideTheWarmup() {
        expect(Course.WARMUP, 3, List.of(1, 2, 3), """
                #   |
                    |
                 #  |
                    |
                  # |
                   #|##########
                """);
    }

    @Test
    void warmupRunsIntoTheMeasurement() {
        expect(Course.WARMUP, 5, List.of(5), """
                ###|##
                   |
                   |  ########
                """);
    }

    @Test
    void slowsDownHalfWayThroughTheWarmup() {
        expect(Course.SLOWDOWN, 4, List.of(4), """
                    |##########
                    |
                    |
                ####|
                """);
    }

    @Test
    void slowerStepsLateInTheMeasurementAreNoSteadyState() {
        expect(Course.NO_STEADY_STATE, -1, List.of(10), """
                   |       ###
                   |
                   |
                ###|#######
                """);
    }

    @Test
    void aLoneOutlierIsNoChange() {
        expect(Course.FLAT, 0, List.of(), """
                   |    #
                   |
                   |
                ###|#### #####
                """);
    }

    @Test
    void anOutlierInTheLastIterationIsNoChange() {
        expect(Course.FLAT, 0, List.of(), """
                   |         #
                   |
                   |
                ###|#########
                """);
    }

    @Test
    void anExcursionOfSeveralIterationsIsSeen() {
        expect(Course.WARMUP, 6, List.of(2, 6), """
                  #|###
                   |
                   |
                ## |   ########
                """);
    }

    @Test
    void shortSeriesAreJudgedToo() {
        expect(Course.WARMUP, 2, List.of(2), """
                ## |
                   |
                   |
                  #|#####
                """);
        expect(Course.FLAT, 0, List.of(), """
                ###|#####
                """);
    }

    @Test
    void shiftsUnderOnePercentMoveNoVerdict() {
        double[] series = plot(0.008, """
                ###|###
                   |   #######
                """).times();
        Verdict verdict = SteadyState.detect(series, 3);
        assertEquals(0, verdict.steadyFrom());
        assertEquals(Course.FLAT, verdict.course());
        assertEquals(List.of(6), verdict.changePoints(), "the change is reported all the same");
    }

    @Test
    void fewerThanThreeMeasuredIterationsShowNothing() {
        Verdict verdict = SteadyState.detect(new double[] {1, 1, 1, 1, 1}, 3);
        assertEquals(Course.TOO_SHORT, verdict.course());
        assertEquals(-1, verdict.steadyFrom());
    }

    @Test
    void theUnitOfTimeDoesNotMatter() {
        double[] nanos = plot(0.05, """
                ## |
                  #|##########
                """).times();
        double[] seconds = nanos.clone();
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] *= 1e-9;
        }
        assertEquals(SteadyState.detect(nanos, 3), SteadyState.detect(seconds, 3));
    }

    @Test
    void badInputIsNamed() {
        assertMessage("iteration 2", () -> SteadyState.detect(new double[] {1, 1, Double.NaN, 1}, 1));
        assertMessage("iteration 0", () -> SteadyState.detect(new double[] {0, 1, 1, 1}, 1));
        assertMessage("warmups", () -> SteadyState.detect(new double[] {1, 1}, 3));
    }

    /** What the penalty promises: few false changes in flat series of the lengths JMH gives us, heavy tails included. */
    @Test
    void flatSeriesAreSeldomCut() {
        Random random = new Random(5);
        for (int n : new int[] {8, 10, 13, 15, 25, 40}) {
            int cut = 0;
            int cutHeavy = 0;
            int runs = 1500;
            for (int run = 0; run < runs; run++) {
                cut += ChangePoints.of(noise(random, n, false)).isEmpty() ? 0 : 1;
                cutHeavy += ChangePoints.of(noise(random, n, true)).isEmpty() ? 0 : 1;
            }
            assertTrue(cut < 0.06 * runs, n + " iterations: " + cut + " of " + runs);
            assertTrue(cutHeavy < 0.08 * runs, n + " heavy-tailed iterations: " + cutHeavy + " of " + runs);
        }
    }

    /** And what it costs: a step of five standard deviations is still found where it is, or one beside it. */
    @Test
    void stepsAreFoundWhereTheyAre() {
        Random random = new Random(6);
        for (int n : new int[] {10, 13, 15, 25}) {
            int found = 0;
            int runs = 1000;
            for (int run = 0; run < runs; run++) {
                double[] series = noise(random, n, false);
                for (int i = 0; i < n / 2; i++) {
                    series[i] += 0.05;
                }
                List<Integer> changes = ChangePoints.of(series);
                found += changes.size() == 1 && Math.abs(changes.get(0) - n / 2) <= 1 ? 1 : 0;
            }
            assertTrue(found > 0.75 * runs, n + " iterations: " + found + " of " + runs);
        }
    }

    /** Logs with a standard deviation of about 1 %. */
    private static double[] noise(Random random, int n, boolean heavy) {
        double[] series = new double[n];
        for (int i = 0; i < n; i++) {
            double z = random.nextGaussian();
            // Student's t with 3 degrees of freedom.
            double chi = 0;
            for (int k = 0; k < 3; k++) {
                chi += Math.pow(random.nextGaussian(), 2);
            }
            series[i] = 0.01 * (heavy ? z / Math.sqrt(chi / 3) : z);
        }
        return series;
    }

    private static void assertMessage(String words, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(words), message);
    }

    private static void expect(Course course, int steadyFrom, List<Integer> changes, String drawing) {
        Plot plot = plot(0.06, drawing);
        Verdict verdict = SteadyState.detect(plot.times(), plot.warmups());
        assertEquals(new Verdict(steadyFrom, changes, course), verdict);
    }

    private record Plot(double[] times, int warmups) {}

    /** Reads a drawing: a row is {@code rowHeight} slower than the next; a little seeded noise makes it a measurement. */
    private static Plot plot(double rowHeight, String drawing) {
        List<String> rows = drawing.lines().toList();
        int warmups = rows.get(0).indexOf('|');
        int columns = rows.stream().mapToInt(String::length).max().orElseThrow();
        Random random = new Random(3);
        double[] times = new double[columns - 1];
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows.size(); row++) {
                String line = rows.get(row);
                if (column < line.length() && line.charAt(column) == '#') {
                    int height = rows.size() - 1 - row;
                    double time = 1e5 * (1 + rowHeight * height) * (1 + 0.002 * (random.nextDouble() - 0.5));
                    times[column < warmups ? column : column - 1] = time;
                }
            }
        }
        return new Plot(times, warmups);
    }
}
