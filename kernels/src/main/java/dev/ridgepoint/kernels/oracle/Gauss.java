package dev.ridgepoint.kernels.oracle;

/** The normal distribution in double, to about twelve digits: more than any output of ours has. */
final class Gauss {
    private static final double SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
    /** Beyond this the series cancels, and the continued fraction converges at once. */
    private static final double FAR = 4;
    /** Steps of the continued fraction from {@link #FAR} on. */
    private static final int DEPTH = 60;

    private Gauss() {}

    /** The probability of a value up to x (Abramowitz and Stegun 1964, 26.2.11 and 26.2.14). */
    static double upTo(double x) {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return Double.isNaN(x) ? x : x > 0 ? 1 : 0;
        }
        double density = Math.exp(-x * x / 2) / SQRT_TWO_PI;
        if (Math.abs(x) > FAR) {
            double tail = density * tailRatio(Math.abs(x));
            return x > 0 ? 1 - tail : tail;
        }
        double term = x;
        double sum = x;
        for (int odd = 3; Math.abs(term) > 1e-18; odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 + density * sum;
    }

    /** The upper tail over the density. */
    private static double tailRatio(double x) {
        double fraction = x;
        for (int step = DEPTH; step > 0; step--) {
            fraction = x + step / fraction;
        }
        return 1 / fraction;
    }
}
