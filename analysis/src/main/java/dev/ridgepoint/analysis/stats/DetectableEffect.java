package dev.ridgepoint.analysis.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Erf;

/**
 * The minimum detectable effect of the rule a gate uses: a slowdown is called where Welch's t test on log fork means
 * gives p &lt; 0.05 (two-sided) and the ratio of geometric means exceeds 1.03.
 *
 * <p>With n forks a side, both of log standard deviation s, the difference D of the means is normal about the true log
 * ratio d with standard deviation {@code s sqrt(2/n)}, and independent of the two sample variances. Given those, the
 * rule calls where D exceeds {@code c = max(ln 1.03, t(df) sqrt((s1^2 + s2^2) / n))}, df being Welch's. So
 *
 * <pre>power(d) = E[ Phi((d - c) / (s sqrt(2/n))) ]</pre>
 *
 * <p>over {@code (n-1)(s1^2 + s2^2)/s^2 ~ chi^2(2n-2)} and, independently, {@code s1^2/(s1^2 + s2^2) ~ Beta((n-1)/2,
 * (n-1)/2)}. The expectation is taken over a grid of equally likely nodes, and d is solved for a power of 0.8. s is
 * taken as observed, so the answer is itself an estimate.
 */
public final class DetectableEffect {
    /** Two-sided significance level of the rule. */
    public static final double ALPHA = 0.05;
    /** Least effect the rule calls, as a ratio minus one. */
    public static final double MARGIN = 0.03;
    /** Power at which an effect counts as detectable. */
    public static final double POWER = 0.8;

    /** Nodes a dimension; the error of the effect is below 1e-3 of itself from 3 forks on, 3e-3 at 2. */
    private static final int NODES = 40;

    /** By forks a side: the values of {@code t(df) sqrt((s1^2 + s2^2) / (2 s^2))} at the nodes. */
    private static final Map<Integer, double[]> CRITICAL = new ConcurrentHashMap<>();

    private DetectableEffect() {}

    /**
     * The smallest true ratio minus one that the rule would call with 80 % power.
     *
     * @param forks forks a side, at least 2
     * @param logSd standard deviation of log fork means, the same on both sides
     */
    public static double of(int forks, double logSd) {
        if (forks < 2 || !(logSd >= 0) || Double.isInfinite(logSd)) {
            throw new IllegalArgumentException("expected at least 2 forks and a finite spread, got " + forks + " forks"
                    + " and a log standard deviation of " + logSd);
        }
        double margin = Math.log1p(MARGIN);
        if (logSd == 0) {
            return MARGIN;
        }
        double enough = margin + logSd;
        while (power(forks, logSd, enough) < POWER) {
            enough = margin + 2 * (enough - margin);
        }
        BrentSolver solver = new BrentSolver(1e-9, 1e-9 * logSd);
        return Math.expm1(solver.solve(100, effect -> power(forks, logSd, effect) - POWER, margin, enough));
    }

    /** The chance that the rule calls a true log ratio of {@code effect}. */
    static double power(int forks, double logSd, double effect) {
        double spread = logSd * Math.sqrt(2.0 / forks);
        double margin = Math.log1p(MARGIN);
        double[] critical = CRITICAL.computeIfAbsent(forks, DetectableEffect::critical);
        // Where the margin is the higher bar the term is the same, and it takes a series to work out.
        double below = normalCdf((effect - margin) / spread);
        double sum = 0;
        for (double t : critical) {
            double bar = t * spread;
            sum += bar <= margin ? below : normalCdf((effect - bar) / spread);
        }
        return sum / critical.length;
    }

    private static double[] critical(int forks) {
        int df = forks - 1;
        ChiSquaredDistribution total = new ChiSquaredDistribution(null, 2.0 * df);
        BetaDistribution share = new BetaDistribution(null, df / 2.0, df / 2.0);
        double[] critical = new double[NODES * NODES];
        for (int i = 0; i < NODES; i++) {
            double u = share.inverseCumulativeProbability((i + 0.5) / NODES);
            double welch = df / (u * u + (1 - u) * (1 - u));
            double t = new TDistribution(null, welch).inverseCumulativeProbability(1 - ALPHA / 2);
            for (int j = 0; j < NODES; j++) {
                double w = total.inverseCumulativeProbability((j + 0.5) / NODES);
                critical[i * NODES + j] = t * Math.sqrt(w / (2.0 * df));
            }
        }
        return critical;
    }

    private static double normalCdf(double z) {
        return 0.5 * Erf.erfc(-z / Math.sqrt(2));
    }
}
