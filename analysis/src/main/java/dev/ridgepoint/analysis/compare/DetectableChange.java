package dev.ridgepoint.analysis.compare;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What a comparison with as many forks as these would show. The rule calls a slowdown where the test gives p &lt; 0.05
 * and the ratio exceeds the margin. Let the difference D of means be normal about the truth d with deviation s, and
 * independent of the sample variances. Given these, the rule calls where D exceeds {@code c = max(margin, t(df) error)},
 * so that {@code power(d) = E[Phi((d - c) / s)]} over their scaled chi squared distributions.
 *
 * <p>s itself is known from a few forks only, and the power is the mean over what it may be ({@link Spreads}): what four in
 * five means where nobody knows the spread. Power falls faster where it is larger than it rises where it is smaller, so that
 * taking it as observed promises too much. Both sides are of one case, so their spread is taken to be known from both.
 *
 * <p>Expectations over chi squared are over equally likely nodes.
 */
public final class DetectableChange {
    public static final double ALPHA = 0.05;
    static final double POWER = 0.8;

    private static final int NODES = 32;

    /** By degrees of freedom: chi squared over its degrees of freedom at equally likely nodes. */
    private static final Map<Integer, double[]> CHI_SQUARED = new ConcurrentHashMap<>();

    /** Standard deviation of D as observed. */
    private final double sd;
    /** {@code t(df) error} at the nodes, where the true deviation is the observed one. */
    private final double[] critical;
    /** What the true deviation may be, over the observed one. */
    private final Spreads.Scales scales;

    private DetectableChange(double sd, double[] critical, Spreads.Scales scales) {
        this.sd = sd;
        this.critical = critical;
        this.scales = scales;
    }

    /** Of Welch's test on these logs. */
    static DetectableChange welch(double[] base, double[] candidate, Spreads others) {
        double a = StatUtils.variance(base) / base.length;
        double b = StatUtils.variance(candidate) / candidate.length;
        return new DetectableChange(
                Math.sqrt(a + b),
                critical(a, base.length - 1, b, candidate.length - 1),
                scales(seen(base, candidate, false), others));
    }

    /** Of Welch's test between two sides of as many forks each, whose logs are known to have this standard deviation. */
    public static DetectableChange alike(int forks, double sd) {
        double variance = sd * sd / forks;
        return new DetectableChange(
                Math.sqrt(2 * variance), critical(variance, forks - 1, variance, forks - 1), Spreads.Scales.ONE);
    }

    /** The grid's bars, brought down to the means of equally many in order: what is summed over them is smooth. */
    private static double[] critical(double a, int dfA, double b, int dfB) {
        double[] nodesA = nodes(dfA);
        double[] nodesB = nodes(dfB);
        double[] grid = new double[NODES * NODES];
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) {
                double seenA = a * nodesA[i];
                double seenB = b * nodesB[j];
                double seen = seenA + seenB;
                double df = seen * seen / (seenA * seenA / dfA + seenB * seenB / dfB);
                grid[i * NODES + j] = seen > 0 ? StudentTable.twoSided(df) * Math.sqrt(seen) : 0;
            }
        }
        double[] sorted = SortedLines.of(grid, NODES);
        double[] critical = new double[NODES];
        for (int i = 0; i < NODES; i++) {
            critical[i] = StatUtils.mean(sorted, i * NODES, NODES);
        }
        return critical;
    }

    /** Of Student's test on differences within blocks. */
    static DetectableChange paired(double[] base, double[] candidate, Spreads others) {
        double[] differences = TwoSamples.differences(base, candidate);
        int df = differences.length - 1;
        double variance = StatUtils.variance(differences) / differences.length;
        double[] critical = nodes(df).clone();
        for (int i = 0; i < critical.length; i++) {
            critical[i] = StudentTable.twoSided(df) * Math.sqrt(variance * critical[i]);
        }
        return new DetectableChange(Math.sqrt(variance), critical, scales(seen(base, candidate, true), others));
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
        double sum = 0;
        for (int i = 0; i < scales.ratios().length; i++) {
            double scale = scales.ratios()[i];
            double truth = scale * sd;
            double below = NormalTail.cdf((effect - margin) / truth);
            double called = 0;
            for (double observed : critical) {
                double c = scale * observed;
                called += c <= margin ? below : NormalTail.cdf((effect - c) / truth);
            }
            sum += scales.weights()[i] * called;
        }
        return sum / critical.length;
    }

    /** The spread of a fork that a difference of these shows. */
    static Spreads.Seen seen(double[] base, double[] candidate, boolean paired) {
        if (paired) {
            double[] differences = TwoSamples.differences(base, candidate);
            return new Spreads.Seen(StatUtils.variance(differences) / 2, differences.length - 1);
        }
        int n = base.length;
        int m = candidate.length;
        double ofDifference = StatUtils.variance(base) / n + StatUtils.variance(candidate) / m;
        return new Spreads.Seen(ofDifference / (1.0 / n + 1.0 / m), n + m - 2);
    }

    private static Spreads.Scales scales(Spreads.Seen seen, Spreads others) {
        return seen.variance() > 0 ? others.scales(seen) : Spreads.Scales.ONE;
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
