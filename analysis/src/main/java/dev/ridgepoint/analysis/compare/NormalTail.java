package dev.ridgepoint.analysis.compare;

/**
 * The normal distribution to 1e-7, for sums of thousands of it; Abramowitz and Stegun, Handbook of Mathematical
 * Functions, 7.1.26.
 */
final class NormalTail {
    private static final double ROOT_OF_2 = Math.sqrt(2);

    private NormalTail() {}

    static double cdf(double z) {
        double x = Math.abs(z) / ROOT_OF_2;
        double t = 1 / (1 + 0.3275911 * x);
        double polynomial =
                t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        double upper = polynomial * Math.exp(-x * x) / 2;
        return z > 0 ? 1 - upper : upper;
    }
}
