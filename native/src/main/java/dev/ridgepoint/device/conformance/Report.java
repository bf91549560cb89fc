package dev.ridgepoint.device.conformance;

import dev.ridgepoint.device.conformance.counters.CounterReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the emulated driver stands to one set of goldens.
 *
 * @param origin of the set
 * @param playing the architecture the emulated driver played
 * @param groups how many vectors of a group ended how
 * @param differences the first of each vector that differs
 * @param counters the profiler's held against the emulated driver's
 * @param notCompared how often each reason kept a vector from being compared
 */
public record Report(
        Origin origin,
        String playing,
        Map<String, Map<Verdict, Integer>> groups,
        List<Difference> differences,
        CounterReport counters,
        Map<String, Integer> notCompared) {
    /** A report to be filled. */
    static Report of(Origin origin, String playing, CounterReport counters) {
        return new Report(origin, playing, new LinkedHashMap<>(), new ArrayList<>(), counters, new TreeMap<>());
    }

    void count(String group, Verdict verdict) {
        groups.computeIfAbsent(group, name -> new EnumMap<>(Verdict.class)).merge(verdict, 1, Integer::sum);
    }

    void differs(String group, Difference difference) {
        count(group, Verdict.DIFFERENT);
        differences.add(difference);
    }

    void leavesOut(String group, Verdict verdict, String reason) {
        count(group, verdict);
        notCompared.merge(reason, 1, Integer::sum);
    }

    /** Vectors that ended so, in all groups. */
    public int total(Verdict verdict) {
        return groups.values().stream()
                .mapToInt(counts -> counts.getOrDefault(verdict, 0))
                .sum();
    }

    /** Whether nothing differs beyond what is allowed. */
    public boolean good() {
        return total(Verdict.DIFFERENT) == 0 && counters.good();
    }

    /** Vectors that were held against an answer of the device. */
    public int compared() {
        return total(Verdict.IDENTICAL) + total(Verdict.WITHIN_BOUND) + total(Verdict.DIFFERENT);
    }
}
