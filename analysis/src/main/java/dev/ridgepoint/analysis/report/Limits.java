package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.roofline.Roofline;
import dev.ridgepoint.analysis.steady.SteadyState;
import dev.ridgepoint.results.Correctness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the figures of a run rest on and do not say; each sentence only where it applies. */
final class Limits {
    private Limits() {}

    static List<String> of(RunReport report) {
        List<String> limits = new ArrayList<>();
        if (report.onCpu()) {
            limits.add(
                    "These are CPU figures. They say nothing about a GPU: not its times, not its ridge, not its regimes.");
        }
        if (report.context().device().emulated()) {
            limits.add(
                    "The device is only played: kernels were executed instruction by instruction on a CPU. Counts are of "
                            + "PTX instructions, which a compiler turns into others, and there is no time of anything.");
        }
        if (!report.run().complete()) {
            limits.add(
                    "The run is partial: cases may be missing, and those measured may have fewer forks than planned.");
        }
        limits.add("Times are the geometric mean over forks of each fork's steady iterations. The interval covers what "
                + "differs from fork to fork on this machine in this session, not another day or another machine.");
        limits.add("Steady means within " + Numbers.percent(SteadyState.TOLERANCE)
                + " of the final speed for at least half of "
                + "the measured iterations. A slowdown that begins after the last iteration cannot be seen.");
        limits.add(
                "FLOPs and bytes are the least the question asks for, by formula, not counted in hardware. A kernel that "
                        + "moves more bytes shows a lower GB/s than the memory bus saw.");
        limits.add("Measured ceilings are estimates of this session; a rate may exceed one by up to "
                + Numbers.percent(Roofline.MEASURED_TOLERANCE - 1)
                + " before it counts as implausible. Bandwidth is the best of read, copy and triad.");
        if (report.measured().stream().anyMatch(row -> row.reading().inCache())) {
            limits.add(
                    "Warm cases whose least traffic fits the last cache ran from it: memory's bandwidth is no ceiling there, "
                            + "and what the cache itself can deliver was not measured.");
        }
        limits.add(
                "A class says how tokens arrive, a bound says what limits the kernel here; neither follows from the other. "
                        + "The class is stated by the workload catalogue; a question mark means it was inferred from the shape.");
        limits.add(
                "Errors are against an oracle in double precision on the operands as stored. The trade-off plot adds what "
                        + "storing normally distributed operands costs; data with outliers lose more.");
        missed(report, limits);
        limits.add(
                "Percentiles, where shown, are of iteration means and no request latency. Kernel times do not add up to a "
                        + "model's: launches, other layers and the server around them are missing.");
        limits.add("Hashes in the bundle show that files are unchanged. They do not show that a run was honest.");
        return limits;
    }

    private static void missed(RunReport report, List<String> limits) {
        double worst = report.measured().stream()
                .map(CaseRow::correctness)
                .mapToDouble(Correctness::missProbability)
                .max()
                .orElse(0);
        if (worst > 0) {
            Set<String> methods = report.measured().stream()
                    .map(CaseRow::correctness)
                    .filter(correctness -> correctness.missProbability() > 0)
                    .map(Correctness::method)
                    .collect(Collectors.toCollection(java.util.TreeSet::new));
            limits.add("Large outputs were checked by sample (" + String.join(", ", methods)
                    + "): a single wrong element goes unseen with a probability of up to "
                    + Numbers.significant(worst, 2) + ".");
        }
    }
}
