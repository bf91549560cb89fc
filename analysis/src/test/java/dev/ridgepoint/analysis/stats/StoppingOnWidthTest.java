package dev.ridgepoint.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.ForkAim;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What looking at the width before stopping does to a mean and to its interval: what {@link ForkAim} claims. */
class StoppingOnWidthTest {
    private static final ForkAim AIM = new ForkAim(ForkAim.Of.CASE, 0.02, ForkAim.MOST_FORKS);
    private static final int RUNS = 3000;

    /** Four standard errors of a share of 95 % over that many runs. */
    private static final double SLACK = 4 * Math.sqrt(0.95 * 0.05 / RUNS);

    @Test
    void theMeanLeansToNoSideAndTheIntervalLosesLittle() {
        Random random = new Random(5);
        // Spreads of forks from half the aim, where five forks do, to two and a half times, where thirty hardly do.
        for (double sd : new double[] {0.01, 0.02, 0.03, 0.04, 0.05}) {
            int covered = 0;
            double sum = 0;
            double squares = 0;
            for (int run = 0; run < RUNS; run++) {
                ForkStatistics last = stopped(random, sd, ForkAim.LEAST_FORKS);
                covered += last.low() <= 1 && last.high() >= 1 ? 1 : 0;
                double log = Math.log(last.geometricMean());
                sum += log;
                squares += log * log;
            }
            double error = Math.sqrt(squares) / RUNS;
            assertEquals(0, sum / RUNS, 4 * error, "mean at sd " + sd);
            double coverage = (double) covered / RUNS;
            assertTrue(coverage > 0.92 - SLACK && coverage < 0.95 + SLACK, coverage + " at sd " + sd);
        }
    }

    @Test
    void threeForksWouldLoseMore() {
        Random random = new Random(6);
        int covered = 0;
        for (int run = 0; run < RUNS; run++) {
            ForkStatistics last = stopped(random, 0.032, 3);
            covered += last.low() <= 1 && last.high() >= 1 ? 1 : 0;
        }
        double coverage = (double) covered / RUNS;
        assertTrue(coverage < 0.92, Double.toString(coverage));
    }

    private static ForkStatistics stopped(Random random, double sd, int least) {
        double[] means = new double[AIM.mostForks()];
        for (int i = 0; i < means.length; i++) {
            means[i] = Math.exp(sd * random.nextGaussian());
        }
        for (int forks = least; ; forks++) {
            ForkStatistics now = ForkStatistics.of(Arrays.copyOf(means, forks), Timings.CONFIDENCE);
            if (forks == means.length || AIM.metBy(now.high() / now.geometricMean() - 1)) {
                return now;
            }
        }
    }
}
