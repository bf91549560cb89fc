package dev.ridgepoint.benchmarks.plan;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The smallest change that a comparison of two runs would show, by forks a side.
 *
 * <p>Median over 293 JMH benchmarks on a CPU, 80 % power, before correction for many cases: a general figure, until
 * this machine has been calibrated. A fork count between two entries takes the one below it, which promises less.
 */
public final class ExpectedEffect {
    /** Forks a side below which a change cannot fail a build. */
    public static final int FORKS_TO_GATE = 5;
    /** Forks below which a figure is not reported as a headline. */
    public static final int FORKS_TO_REPORT = 3;

    private static final NavigableMap<Integer, Double> PERCENT_BY_FORKS =
            new TreeMap<>(Map.of(3, 7.3, 5, 4.8, 10, 3.1, 20, 2.1));

    private ExpectedEffect() {}

    /** Per cent, or empty below the fewest forks there are data for. */
    public static OptionalDouble percent(int forks) {
        Map.Entry<Integer, Double> entry = PERCENT_BY_FORKS.floorEntry(forks);
        return entry == null ? OptionalDouble.empty() : OptionalDouble.of(entry.getValue());
    }

    /** Whether so many forks may fail a build. */
    public static boolean canGate(int forks) {
        return forks >= FORKS_TO_GATE;
    }
}
