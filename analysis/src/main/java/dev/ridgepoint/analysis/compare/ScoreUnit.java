package dev.ridgepoint.analysis.compare;

import java.util.Map;

/** JMH's units of a score as nanoseconds a call: a time is scaled, a rate turned over. */
record ScoreUnit(double nanos, boolean rate) {
    private static final Map<String, Double> NANOS =
            Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "hr", 3600e9, "day", 86400e9);

    /** The unit of that name, or null where it is none of a time or a rate. */
    static ScoreUnit of(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return null;
        }
        String above = name.substring(0, slash);
        String below = name.substring(slash + 1);
        if (below.equals("op") && NANOS.containsKey(above)) {
            return new ScoreUnit(NANOS.get(above), false);
        }
        return above.equals("ops") && NANOS.containsKey(below) ? new ScoreUnit(NANOS.get(below), true) : null;
    }

    /** Nanoseconds a call of a mean score. */
    double nsPerCall(double score) {
        return rate ? nanos / score : nanos * score;
    }
}
