package dev.ridgepoint.analysis.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When a machine stopped getting warmer: from which slice of its time on the median temperature of every slice keeps within
 * {@link #TOLERANCE_C} of the last quarter's.
 *
 * @param finalC median over the last quarter, in degrees Celsius
 * @param firstC median over the first slice
 * @param steadyFromHours when it came there and stayed, null where it had not by the last quarter
 */
public record Heat(double finalC, double firstC, Double steadyFromHours) {
    /** Sensors tell whole degrees, and a fork's pause is worth one or two. */
    public static final double TOLERANCE_C = 2;

    private static final int SLICES = 60;
    private static final double LAST = 0.25;
    private static final int LEAST_SLICES = 8;

    /** A temperature at a time of the run. */
    public record Reading(double hours, double celsius) {}

    /** The heat of a run of so many hours; null where too little was recorded to tell. */
    public static Heat of(List<Reading> readings, double totalHours) {
        TreeMap<Integer, List<Double>> slices = new TreeMap<>();
        for (Reading reading : readings) {
            int slice = (int) Math.min(SLICES - 1, SLICES * reading.hours() / totalHours);
            slices.computeIfAbsent(slice, at -> new ArrayList<>()).add(reading.celsius());
        }
        if (slices.size() < LEAST_SLICES) {
            return null;
        }
        TreeMap<Integer, Double> medians = new TreeMap<>();
        slices.forEach((slice, values) -> medians.put(slice, median(values)));
        int lastQuarter = (int) (SLICES * (1 - LAST));
        Map<Integer, Double> last = medians.tailMap(lastQuarter);
        if (last.isEmpty()) {
            return null;
        }
        double end = median(List.copyOf(last.values()));
        Integer from = null;
        for (Map.Entry<Integer, Double> slice : medians.descendingMap().entrySet()) {
            if (Math.abs(slice.getValue() - end) > TOLERANCE_C) {
                break;
            }
            from = slice.getKey();
        }
        boolean reached = from != null && from <= lastQuarter;
        return new Heat(end, medians.firstEntry().getValue(), reached ? from * totalHours / SLICES : null);
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
