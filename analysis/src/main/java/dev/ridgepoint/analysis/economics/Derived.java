package dev.ridgepoint.analysis.economics;

/**
 * A figure of money or energy with the way it was derived.
 *
 * @param name what it is
 * @param value the figure
 * @param unit its unit
 * @param formula how it follows from measured and priced inputs
 */
public record Derived(String name, double value, String unit, String formula) {
    public Derived {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + ": expected a figure above 0, got " + value);
        }
    }
}
