package dev.ridgepoint.benchmarks.counts;

import dev.ridgepoint.kernels.shape.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one kernel did for one problem.
 *
 * @param kernel id
 * @param problem id
 * @param counts by the names of {@link #COLUMNS}
 */
public record KernelCounts(String kernel, String problem, Map<String, Long> counts) {
    /** What is kept, in the order of tables and files. */
    public static final List<String> COLUMNS = List.of(
            "launches",
            "warpInstructions",
            "sectors",
            "uniqueSectors",
            "uniqueBytes",
            "leastBytes",
            "wavefronts",
            "idealWavefronts",
            "matrixFlops",
            "flops",
            "barriers");

    private static final String PTX = "ptx.";
    private static final String MATRIX = PTX + "named.mma.";
    private static final int SECTOR_BYTES = 32;

    static KernelCounts of(String kernel, Problem problem, Map<String, Long> counted) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("launches", counted.get("launches"));
        counts.put("warpInstructions", sum(counted, "warpInstructions"));
        counts.put("sectors", sum(counted, "globalLoads.sectors", "globalStores.sectors"));
        counts.put("uniqueSectors", sum(counted, "globalLoads.uniqueSectors", "globalStores.uniqueSectors"));
        counts.put("uniqueBytes", sum(counted, "named.uniqueBytes"));
        counts.put("leastBytes", (long) problem.work().bytes());
        counts.put("wavefronts", sum(counted, "sharedLoads.wavefronts", "sharedStores.wavefronts"));
        counts.put("idealWavefronts", sum(counted, "sharedLoads.idealWavefronts", "sharedStores.idealWavefronts"));
        counts.put(
                "matrixFlops",
                counted.entrySet().stream()
                        .filter(count -> count.getKey().startsWith(MATRIX)
                                && count.getKey().endsWith(".flops"))
                        .mapToLong(Map.Entry::getValue)
                        .sum());
        counts.put("flops", (long) problem.work().flops());
        counts.put("barriers", sum(counted, "barriers"));
        return new KernelCounts(kernel, problem.id(), counts);
    }

    private static long sum(Map<String, Long> counted, String... names) {
        long sum = 0;
        for (String name : names) {
            sum += counted.getOrDefault(PTX + name, 0L);
        }
        return sum;
    }

    /** Kernel and problem, which tell rows apart. */
    String key() {
        return kernel + " on " + problem;
    }

    /** Least bytes of the question over those of the distinct sectors each block touches; NaN where it touches none. */
    public double usefulBytes() {
        return ratio(counts.get("leastBytes"), SECTOR_BYTES * counts.get("uniqueSectors"));
    }

    /** Bytes that each block touches over those of the sectors they lie in; NaN where it touches none. */
    public double filledSectors() {
        return ratio(counts.get("uniqueBytes"), SECTOR_BYTES * counts.get("uniqueSectors"));
    }

    /** Passes over the banks of shared memory over the fewest that its bytes need; NaN where it is not used. */
    public double wavefronts() {
        return ratio(counts.get("wavefronts"), counts.get("idealWavefronts"));
    }

    /** FLOPs of matrix instructions over those of the question; NaN without such instructions. */
    public double matrixWork() {
        return counts.get("matrixFlops") == 0 ? Double.NaN : ratio(counts.get("matrixFlops"), counts.get("flops"));
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
