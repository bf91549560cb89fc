package dev.ridgepoint.analysis.stats;

/**
 * How many independent samples a correlated series is worth: {@code n / tau}, where {@code tau = 1 + 2 * sum of
 * autocorrelations} is summed over pairs of lags while a pair's sum stays positive (Geyer's initial positive sequence).
 */
public final class EffectiveSamples {
    private EffectiveSamples() {}

    /** Between 1 and n; a constant series counts in full, since it carries no correlation to see. */
    public static double of(double[] series) {
        int n = series.length;
        if (n < 3) {
            return n;
        }
        double[] centred = centred(series);
        double variance = covariance(centred, 0);
        if (variance == 0) {
            return n;
        }
        double tau = -1;
        for (int lag = 0; lag + 1 < n; lag += 2) {
            double pair = (covariance(centred, lag) + covariance(centred, lag + 1)) / variance;
            if (pair <= 0) {
                break;
            }
            tau += 2 * pair;
        }
        // Negative correlation is not credited: it is as likely an estimate gone astray.
        return n / Math.min(n, Math.max(1, tau));
    }

    private static double[] centred(double[] series) {
        double mean = 0;
        for (double x : series) {
            mean += x / series.length;
        }
        double[] centred = new double[series.length];
        for (int i = 0; i < series.length; i++) {
            centred[i] = series[i] - mean;
        }
        return centred;
    }

    private static double covariance(double[] centred, int lag) {
        double sum = 0;
        for (int i = 0; i + lag < centred.length; i++) {
            sum += centred[i] * centred[i + lag];
        }
        return sum / centred.length;
    }
}
