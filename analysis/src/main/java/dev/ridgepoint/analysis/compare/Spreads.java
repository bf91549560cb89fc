package dev.ridgepoint.analysis.compare;

import java.util.List;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What the true spread of a case's forks may be, given the one observed and those of the other cases that were compared.
 *
 * <p>The log of a variance observed with f degrees of freedom misses the log of the true one by about
 * {@code digamma(f/2) - ln(f/2)}, with variance {@code trigamma(f/2)}: 0.28 at 8 degrees of freedom, a quarter of the
 * deviation either way. A small one is more often too small than too large, and a large one too large, by how rare such
 * spreads are among the others. So each is drawn to their mean as far as its own noise explains how they differ: the
 * parametric empirical Bayes estimate of Morris (1983, doi 10.1080/01621459.1983.10477920), whose variance counts
 * that the others are few. Fewer than four others say nothing, and a spread stands for itself.
 *
 * @param cases how many the others are, this one included
 * @param mean of their logs, corrected
 * @param variance of these logs
 */
record Spreads(int cases, double mean, double variance) {
    /** Of a case that is alone. */
    static final Spreads UNKNOWN = new Spreads(0, 0, 0);

    private static final int FEWEST = 4;
    /** Of a normal distribution: what is averaged over it is smooth, and these do what thirty equally likely ones do. */
    private static final GaussIntegrator NORMAL = new GaussIntegratorFactory().hermite(7);

    /**
     * An observed spread.
     *
     * @param variance of the log of a fork
     * @param df degrees of freedom it is known with
     */
    record Seen(double variance, int df) {
        private double log() {
            return Math.log(variance) - Gamma.digamma(df / 2.0) + Math.log(df / 2.0);
        }

        private double noise() {
            return Gamma.trigamma(df / 2.0);
        }
    }

    /** Of these together; those that do not vary are left out, having no log. */
    static Spreads of(List<Seen> seen) {
        double[] logs = seen.stream()
                .filter(one -> one.variance > 0)
                .mapToDouble(Seen::log)
                .toArray();
        return logs.length < FEWEST
                ? UNKNOWN
                : new Spreads(logs.length, StatUtils.mean(logs), StatUtils.variance(logs));
    }

    /** What the true standard deviation may be, over the observed one, and how likely. */
    record Scales(double[] ratios, double[] weights) {
        /** It is the observed one. */
        static final Scales ONE = new Scales(new double[] {1}, new double[] {1});
    }

    Scales scales(Seen seen) {
        double noise = seen.noise();
        double log = seen.log();
        double spread = noise;
        if (cases >= FEWEST) {
            // How far to the mean: all the way where noise alone explains that the others differ.
            double drawn = Math.min(1, noise / variance) * (cases - 3) / (cases - 1);
            double off = log - mean;
            log -= drawn * off;
            spread = noise * (1 - drawn * (cases - 1) / cases) + 2.0 / (cases - 3) * drawn * drawn * off * off;
        }
        double centre = (log - Math.log(seen.variance)) / 2;
        double half = Math.sqrt(spread) / 2;
        double[] ratios = new double[NORMAL.getNumberOfPoints()];
        double[] weights = new double[ratios.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = Math.exp(centre + half * Math.sqrt(2) * NORMAL.getPoint(i));
            weights[i] = NORMAL.getWeight(i) / Math.sqrt(Math.PI);
        }
        return new Scales(ratios, weights);
    }
}
