package dev.ridgepoint.analysis.calibrate;

import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Forks of one case to draw fresh ones from: one of those seen, blurred by half their spread, so that outliers and
 * two-peaked cases stay what they are, with mean and variance of those seen.
 */
final class ForkModel {
    private static final double BLUR = 0.5;

    private final double mean;
    private final double sd;
    private final double[] residuals;

    /** @param logs logarithms of at least two forks' times */
    ForkModel(double[] logs) {
        int n = logs.length;
        mean = StatUtils.mean(logs);
        sd = Math.sqrt(StatUtils.variance(logs));
        residuals = new double[n];
        for (int i = 0; i < n; i++) {
            // Residuals about their own mean are too small by this much.
            residuals[i] = (logs[i] - mean) * Math.sqrt(n / (n - 1.0));
        }
    }

    double sd() {
        return sd;
    }

    /** Logarithms of as many fresh forks. */
    double[] draw(int forks, Random random) {
        double[] drawn = new double[forks];
        for (int i = 0; i < forks; i++) {
            double residual = residuals[random.nextInt(residuals.length)];
            drawn[i] = mean + (residual + BLUR * sd * random.nextGaussian()) / Math.sqrt(1 + BLUR * BLUR);
        }
        return drawn;
    }
}
