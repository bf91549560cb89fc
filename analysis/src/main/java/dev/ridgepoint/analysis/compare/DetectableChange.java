package dev.ridgepoint.analysis.compare;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What a comparison of these forks could have shown. The rule calls a slowdown where the test gives p &lt; 0.05 and the
 * ratio exceeds the margin. With the true standard deviations as observed, the difference D of means is normal about
 * the truth d with deviation s, independent of the sample variances. Given these, the rule calls where D exceeds
 * {@code c = max(margin, t(df) error)}, so that {@code power(d) = E[Phi((d - c) / s)]} over their scaled chi squared
 * distributions. The expectation is over a grid of equally likely nodes.
 */
public final class DetectableChange {
    public static final double ALPHA = 0.05;
    static final double POWER = 0.8;

    private static final int NODES = 32;

    /** By degrees of freedom: chi squared over its degrees of freedom at equally likely nodes. */
    private static final Map<Integer, double[]> CHI_SQUARED = new ConcurrentHashMap<>();

    /** Standard deviation of D. */
    private final double sd;
    /** {@code t(df) error} at the nodes. */
    private final double[] critical;

    private DetectableChange(double sd, double[] critical) {
        this.sd = sd;
        this.critical = critical;
    }

    /** Of Welch's test on these logs. */
    static DetectableChange welch(double[] base, double[] candidate) {
        double a = StatUtils.variance(base) / base.length;
        double b = StatUtils.variance(candidate) / candidate.length;
        return welch(a, base.length - 1, b, candidate.length - 1);
    }

    /** Of Welch's test between two sides of as many forks each, whose logs have this standard deviation. */
    public static DetectableChange alike(int forks, double sd) {
        return welch(sd * sd / forks, forks - 1, sd * sd / forks, forks - 1);
    }

    private static DetectableChange welch(double a, int dfA, double b, int dfB) {
        double[] nodesA = nodes(dfA);
        double[] nodesB = nodes(dfB);
        double[] critical = new double[NODES * NODES];
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) {
                double seenA = a * nodesA[i];
                double seenB = b * nodesB[j];
                double seen = seenA + seenB;
                double df = seen * seen / (seenA * seenA / dfA + seenB * seenB / dfB);
                critical[i * NODES + j] = seen > 0 ? StudentTable.twoSided(df) * Math.sqrt(seen) : 0;
            }
        }
        return new DetectableChange(Math.sqrt(a + b), critical);
    }

    /** Of Student's test on differences within blocks. */
    static DetectableChange paired(double[] base, double[] candidate) {
        double[] differences = TwoSamples.differences(base, candidate);
        int df = differences.length - 1;
        double variance = StatUtils.variance(differences) / differences.length;
        double[] critical = nodes(df).clone();
        for (int i = 0; i < critical.length; i++) {
            critical[i] = StudentTable.twoSided(df) * Math.sqrt(variance * critical[i]);
        }
        return new DetectableChange(Math.sqrt(variance), critical);
    }

    /** The smallest true ratio minus one called with 80 % power, {@code margin} being a log ratio, 0 for none. */
    public double atMargin(double margin) {
        if (!(sd > 0)) {
            return Math.expm1(margin);
        }
        double enough = margin + sd;
        while (power(margin, enough) < POWER) {
            enough = margin + 2 * (enough - margin);
        }
        BrentSolver solver = new BrentSolver(1e-7, 1e-6 * sd);
        return Math.expm1(solver.solve(200, effect -> power(margin, effect) - POWER, margin, enough));
    }

    /** The chance that the rule calls a true log ratio of {@code effect}. */
    double power(double margin, double effect) {
        double below = NormalTail.cdf((effect - margin) / sd);
        double sum = 0;
        for (double c : critical) {
            sum += c <= margin ? below : NormalTail.cdf((effect - c) / sd);
        }
        return sum / critical.length;
    }

    private static double[] nodes(int df) {
        return CHI_SQUARED.computeIfAbsent(df, of -> {
            ChiSquaredDistribution distribution = new ChiSquaredDistribution(null, of);
            double[] nodes = new double[NODES];
            for (int i = 0; i < NODES; i++) {
                nodes[i] = distribution.inverseCumulativeProbability((i + 0.5) / NODES) / of;
            }
            return nodes;
        });
    }
}
