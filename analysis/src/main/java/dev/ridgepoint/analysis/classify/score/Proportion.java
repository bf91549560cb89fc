package dev.ridgepoint.analysis.classify.score;

/** So many right of so many, with the interval that so few cases allow. */
public record Proportion(int right, int total) {
    /** Normal quantile of a two-sided 95 % interval. */
    private static final double Z = 1.959963984540054;

    /** The share that is right; NaN of nothing. */
    public double value() {
        return right / (double) total;
    }

    /** Lower end of Wilson's 95 % interval. */
    public double low() {
        return total == 0 ? 0 : Math.max(0, centre() - half());
    }

    /** Upper end of Wilson's 95 % interval. */
    public double high() {
        return total == 0 ? 1 : Math.min(1, centre() + half());
    }

    private double centre() {
        double p = value();
        return (p + Z * Z / (2 * total)) / (1 + Z * Z / total);
    }

    private double half() {
        double p = value();
        return Z / (1 + Z * Z / total) * Math.sqrt(p * (1 - p) / total + Z * Z / (4.0 * total * total));
    }
}
