package dev.ridgepoint.analysis.stats;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What fork means say together. Forks, not iterations, carry the variance, so each counts once, and on a log scale,
 * where a ratio is a difference.
 *
 * @param geometricMean the headline, in the unit of the means
 * @param logSd standard deviation of log means, NaN under two forks
 * @param low lower bound of the confidence interval, NaN under two forks
 * @param high upper bound, NaN under two forks
 * @param cv coefficient of variation of the means themselves, NaN under two forks
 */
record ForkStatistics(int forks, double geometricMean, double logSd, double low, double high, double cv) {

    /** The mean of logs and its Student interval with one degree of freedom fewer than forks, taken back. */
    static ForkStatistics of(double[] forkMeans, double confidence) {
        int n = forkMeans.length;
        double[] logs = new double[n];
        for (int i = 0; i < n; i++) {
            logs[i] = Math.log(forkMeans[i]);
        }
        double centre = StatUtils.mean(logs);
        if (n < 2) {
            return new ForkStatistics(n, Math.exp(centre), Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double logSd = Math.sqrt(StatUtils.variance(logs));
        double quantile = new TDistribution(null, n - 1).inverseCumulativeProbability((1 + confidence) / 2);
        double half = quantile * logSd / Math.sqrt(n);
        double cv = Math.sqrt(StatUtils.variance(forkMeans)) / StatUtils.mean(forkMeans);
        return new ForkStatistics(n, Math.exp(centre), logSd, Math.exp(centre - half), Math.exp(centre + half), cv);
    }
}
