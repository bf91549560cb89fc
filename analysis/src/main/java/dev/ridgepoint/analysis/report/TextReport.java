package dev.ridgepoint.analysis.report;

import dev.ridgepoint.kernels.workload.WorkloadClass;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The plain report of a run: what it was, a table of what was measured, what was not and why, and what the run could
 * have detected. Times are steady, never the best.
 */
public final class TextReport {
    private static final String LEGEND = """
            time: steady geometric mean over forks, half-width of its interval; TFLOP/s and GB/s: of the least work.
            ceil: share of the measured ceiling that binds; error: relative Frobenius, against the oracle.
            flags: U unsteady, T throttled, F too few forks, P implausible, X see reasons; a flagged figure is no headline.
            """;

    private TextReport() {}

    /** The report of a bundle, each case labelled by the catalogue or, failing that, by the classifier. */
    public static String render(Path bundle) throws IOException {
        return render(bundle, Labeller.byProvenance());
    }

    /** The report of a bundle under another labeller. */
    public static String render(Path bundle, Labeller labeller) throws IOException {
        return render(RunReport.of(BundleReader.open(bundle), labeller));
    }

    static String render(RunReport report) {
        StringBuilder out = new StringBuilder(heading(report));
        List<CaseRow> measured = report.measured();
        if (!measured.isEmpty()) {
            String suffix = CommonSuffix.of(measured.stream().map(CaseRow::id).toList());
            if (!suffix.isEmpty()) {
                out.append("Every case below: ")
                        .append(TextTable.oneLine(suffix.substring(1).replace(":", ", ")))
                        .append('\n');
            }
            out.append('\n').append(table(measured, suffix).plain()).append(LEGEND);
            flagged(measured, suffix, out);
        }
        for (String kind : List.of("incorrect", "failed", "skipped", "simulated")) {
            unmeasured(report, kind, out);
        }
        return out.append('\n')
                .append(report.countsSentence())
                .append('\n')
                .append(report.detection().sentence())
                .append('\n')
                .toString();
    }

    private static String heading(RunReport report) {
        String device = report.context().device().name();
        String first = report.onCpu() ? "CPU, not GPU: " + device : device;
        String partial = report.run().complete() ? "" : "PARTIAL: resume it with `run --resume`\n";
        return TextTable.oneLine(first) + "\n"
                + TextTable.oneLine("Run " + report.run().runId() + ", suite "
                        + report.run().suite() + ", protocol "
                        + report.run().protocol().id() + ", started "
                        + report.run().started())
                + "\n"
                + partial;
    }

    /** The table of measured cases; Markdown pages use it too. */
    static TextTable table(List<CaseRow> measured, String suffix) {
        TextTable table = new TextTable(
                "case", "kernel", "class", ">time", ">TFLOP/s", ">GB/s", ">ceil", "bound", ">error", "flags");
        for (CaseRow row : measured) {
            Correctness correctness = row.correctness();
            table.row(List.of(
                    CommonSuffix.without(suffix, row.id()),
                    kernel(row),
                    className(row.label()),
                    row.time(),
                    Numbers.rate(row.reading().gflops() / 1e3),
                    Numbers.rate(row.reading().gigabytesPerSecond()),
                    Numbers.percent(row.reading().ofMeasuredCeiling()),
                    row.reading().bound() == null
                            ? Numbers.NONE
                            : row.reading().bound().id(),
                    Numbers.error(correctness.relFrobenius()),
                    row.flags()));
        }
        return table;
    }

    /** The case says which operation it is; the kernel need not. */
    private static String kernel(CaseRow row) {
        String kernel = row.kernel();
        String op = row.result().question().op() + "/";
        return kernel.startsWith(op) ? kernel.substring(op.length()) : kernel;
    }

    /** Short names for a narrow column; a question mark where the class is inferred. */
    static String className(CaseLabel label) {
        String name = label.workloadClass() == WorkloadClass.INDETERMINATE
                ? "none"
                : label.workloadClass().name().toLowerCase(Locale.ROOT).replace("generative_", "gen-");
        return label.probability() < 1 && label != CaseLabel.UNKNOWN ? name + "?" : name;
    }

    private static void flagged(List<CaseRow> measured, String suffix, StringBuilder out) {
        for (CaseRow row : measured) {
            for (String reason : row.result().validity().reasons()) {
                out.append(TextTable.oneLine("  " + CommonSuffix.without(suffix, row.id()) + ": " + reason))
                        .append('\n');
            }
        }
    }

    /** One line a reason, with the cases it holds for. */
    private static void unmeasured(RunReport report, String kind, StringBuilder out) {
        Map<String, List<CaseRow>> byReason = new LinkedHashMap<>();
        for (CaseRow row : report.rows()) {
            if (row.result().outcome().kind().equals(kind)) {
                byReason.computeIfAbsent(row.reason(), reason -> new java.util.ArrayList<>())
                        .add(row);
            }
        }
        if (byReason.isEmpty()) {
            return;
        }
        int count = byReason.values().stream().mapToInt(List::size).sum();
        out.append('\n').append(Numbers.count(count)).append(' ').append(kind).append('\n');
        byReason.forEach((reason, rows) -> {
            out.append(TextTable.oneLine("  " + Numbers.count(rows.size()) + "x " + reason))
                    .append('\n');
            rows.forEach(row -> out.append(TextTable.oneLine("       " + row.id() + " (" + row.kernel() + ")"))
                    .append('\n'));
        });
    }
}
