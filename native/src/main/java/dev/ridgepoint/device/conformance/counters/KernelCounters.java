package dev.ridgepoint.device.conformance.counters;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What hardware counted while it ran a vector.
 *
 * @param id the vector's
 * @param counts of all its launches together; a counter that this GPU has not is not there
 */
public record KernelCounters(String id, Map<Counter, Long> counts) {
    /** How far the emulated driver may be off, relative to hardware. */
    public static final double TOLERANCE = 0.02;

    /**
     * What a vector launches.
     *
     * @param id the vector's
     * @param entries kernels in the order of their launches
     */
    public record Launched(String id, List<String> entries) {}

    /**
     * Deals the profiler's launches out to the vectors that made them.
     *
     * @throws ProfilerException naming the first launch that is not the one expected
     */
    public static List<KernelCounters> of(List<NcuCsv.Launch> launches, List<Launched> vectors) {
        List<KernelCounters> counters = new ArrayList<>();
        int at = 0;
        for (Launched vector : vectors) {
            Map<Counter, Long> counts = new EnumMap<>(Counter.class);
            for (String entry : vector.entries()) {
                String found = at < launches.size() ? launches.get(at).kernel() : "nothing";
                if (!found.equals(entry) && !found.startsWith(entry + "(")) {
                    throw new ProfilerException(
                            "ncu: launch " + at + " is " + found + ", expected " + entry + " of " + vector.id());
                }
                add(counts, launches.get(at++).metrics());
            }
            counters.add(new KernelCounters(vector.id(), counts));
        }
        return counters;
    }

    private static void add(Map<Counter, Long> counts, Map<String, Double> metrics) {
        for (Counter counter : Counter.values()) {
            Double count = metrics.get(counter.metric());
            if (count != null) {
                counts.merge(counter, count.longValue(), Long::sum);
            }
        }
    }

    /** The counters that are further off than {@link #TOLERANCE}, as words. */
    public List<String> differences(Map<Counter, Long> emulated) {
        List<String> differences = new ArrayList<>();
        counts.forEach((counter, hardware) -> {
            long ours = emulated.getOrDefault(counter, 0L);
            if (Math.abs(hardware - ours) > TOLERANCE * hardware) {
                differences.add(counter + ": hardware " + hardware + ", ours " + ours);
            }
        });
        return differences;
    }
}
