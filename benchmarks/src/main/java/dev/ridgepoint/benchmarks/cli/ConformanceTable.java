package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.device.conformance.Difference;
import dev.ridgepoint.device.conformance.Report;
import dev.ridgepoint.device.conformance.Verdict;
import dev.ridgepoint.device.conformance.counters.CounterReport;
import dev.ridgepoint.device.conformance.counters.KernelCounters;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** A replay's report as text: a line a group, then what differs, then what was not compared. */
final class ConformanceTable {
    private static final int SHOWN = 20;

    private ConformanceTable() {}

    static void print(PrintWriter out, Report report) {
        out.println(report.origin().describe() + "; replayed as " + report.playing());
        if (report.origin().emulated()) {
            out.println("recorded on the emulated driver: says nothing of hardware");
        }
        line(out, "group", "vectors", "identical", "in bound", "different", "stale", "skipped");
        report.groups().forEach((group, counts) -> line(out, group, counts));
        Map<Verdict, Integer> all = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            all.put(verdict, report.total(verdict));
        }
        line(out, "all", all);
        report.differences().stream()
                .limit(SHOWN)
                .map(Difference::describe)
                .forEach(text -> out.println("different: " + text));
        int more = report.differences().size() - SHOWN;
        if (more > 0) {
            out.println("and " + more + " more vectors that differ; --json lists them all");
        }
        CounterReport counters = report.counters();
        if (counters.compared() > 0) {
            out.println("counters: " + counters.within() + " of " + counters.compared() + " kernels within "
                    + Math.round(100 * KernelCounters.TOLERANCE) + " % (" + Math.round(100 * CounterReport.REQUIRED)
                    + " % of them must be)");
            counters.differences().stream().limit(SHOWN).forEach(text -> out.println("counters differ: " + text));
        }
        report.notCompared().forEach((reason, times) -> out.println("not compared " + times + "x: " + reason));
    }

    private static void line(PrintWriter out, String group, Map<Verdict, Integer> counts) {
        line(
                out,
                group,
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts.getOrDefault(Verdict.IDENTICAL, 0),
                counts.getOrDefault(Verdict.WITHIN_BOUND, 0),
                counts.getOrDefault(Verdict.DIFFERENT, 0),
                counts.getOrDefault(Verdict.STALE, 0),
                counts.getOrDefault(Verdict.SKIPPED, 0));
    }

    private static void line(PrintWriter out, Object... cells) {
        out.println(String.format(Locale.ROOT, "%-22s %8s %10s %9s %10s %6s %8s", cells));
    }
}
