package dev.ridgepoint.analysis.targets;

/**
 * A ratio with the interval it lies in.
 *
 * @param low the interval's lower bound
 * @param high its upper bound
 */
public record Ratio(double value, double low, double high) {
    public Ratio {
        if (!(low > 0 && low <= value && value <= high) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "ratio: expected 0 < low <= value <= high, got " + low + ", " + value + ", " + high);
        }
    }

    /** One over it. */
    Ratio inverse() {
        return new Ratio(1 / value, 1 / high, 1 / low);
    }

    Ratio times(double factor) {
        return new Ratio(value * factor, low * factor, high * factor);
    }
}
