package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Derived;
import dev.ridgepoint.analysis.report.Numbers;

/** Times and derived figures as cells of a table. */
final class TextCells {
    private TextCells() {}

    static String time(double ns, Double low, Double high) {
        String interval = Numbers.plusMinus(ns, low, high);
        return Numbers.time(ns) + (interval.isEmpty() ? "" : " " + interval);
    }

    static String time(Double ns) {
        return ns == null ? Numbers.NONE : Numbers.time(ns);
    }

    static String value(Derived derived) {
        return derived == null ? Numbers.NONE : Numbers.significant(derived.value(), 3);
    }

    static String figure(Derived derived) {
        return derived == null ? Numbers.NONE : Numbers.significant(derived.value(), 3) + " " + derived.unit();
    }
}
