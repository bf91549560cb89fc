package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.roofline.Bound;
import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables of measured cases. Timing domains and cache states are never mixed: each pair has a table of its own. */
final class CaseTables {
    private CaseTables() {}

    /** Measured cases by {@code cpu-call, warm} and the like, in plan order. */
    static Map<String, List<CaseRow>> byDomain(List<CaseRow> measured) {
        Map<String, List<CaseRow>> groups = new LinkedHashMap<>();
        for (CaseRow row : measured) {
            groups.computeIfAbsent(domain(row), any -> new ArrayList<>()).add(row);
        }
        return groups;
    }

    /** How a case was timed: {@code cpu-call, warm}. */
    static String domain(CaseRow row) {
        return row.result().question().domain() + ", " + row.result().question().cacheState();
    }

    /** Names as long as they are, for pages that wrap. */
    static TextTable wide(List<CaseRow> rows) {
        VendorSpeedup speedup = new VendorSpeedup(rows);
        TextTable table = table(speedup);
        rows.forEach(row -> table.row(cells(shortId(row), row, speedup)));
        return table;
    }

    /** Rows under the model they come from, so that the lines stay short. */
    static TextTable narrow(List<CaseRow> rows) {
        Map<String, List<CaseRow>> byModel = new LinkedHashMap<>();
        rows.forEach(row ->
                byModel.computeIfAbsent(model(row), any -> new ArrayList<>()).add(row));
        VendorSpeedup speedup = new VendorSpeedup(rows);
        TextTable table = table(speedup);
        byModel.forEach((model, ofModel) -> {
            table.section(model.isEmpty() ? "other" : model);
            ofModel.forEach(row -> table.row(cells("  " + shortId(row).substring(model.length()), row, speedup)));
        });
        return table;
    }

    /** The beginning of the id that names the model; empty where the case comes from none. */
    private static String model(CaseRow row) {
        Provenance from = row.result().provenance();
        String model = from == null ? "" : from.model() + "/";
        return row.id().startsWith(model) ? model : "";
    }

    /** The column of speedups stands only where there is a vendor's kernel to be faster than. */
    private static TextTable table(VendorSpeedup speedup) {
        List<String> names = new ArrayList<>(List.of("case", "kernel", "class", ">time"));
        if (!speedup.isEmpty()) {
            names.add(">vs vendor");
        }
        names.addAll(List.of(">TFLOP/s", ">GB/s", ">ceil", "bound", ">error", "flags"));
        return new TextTable(names.toArray(String[]::new));
    }

    private static List<String> cells(String id, CaseRow row, VendorSpeedup speedup) {
        List<String> cells = new ArrayList<>(List.of(
                id, shortKernel(row), shortClass(row.label()), row.time().replace(" %", "%")));
        if (!speedup.isEmpty()) {
            cells.add(speedup.words(row));
        }
        cells.addAll(List.of(
                Numbers.rate(row.reading().gflops() / 1e3),
                Numbers.rate(row.reading().gigabytesPerSecond()),
                Numbers.percent(row.reading().ofMeasuredCeiling()).replace(" %", "%"),
                bound(row.reading().bound()),
                Numbers.error(row.correctness().relFrobenius()),
                row.flags()));
        return cells;
    }

    /** The id without the domain and cache state that stand above its table. */
    static String shortId(CaseRow row) {
        String said = ":" + row.result().question().domain() + ":"
                + row.result().question().cacheState();
        return row.id().replace(said, "");
    }

    /** The case says which operation and precision it is, the heading which backend; the kernel need not. */
    static String shortKernel(CaseRow row) {
        String backend = row.result().subject().backend();
        String precision = row.result().question().precision();
        String kernel = without(row.result().question().op() + "/", row.kernel());
        return without(precision + "_", without(backend + "_", kernel));
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private static String bound(Bound bound) {
        if (bound == null) {
            return Numbers.NONE;
        }
        return bound == Bound.BANDWIDTH ? "memory" : bound.id();
    }

    /** A word for a narrow column; a question mark where the class is inferred. */
    private static String shortClass(CaseLabel label) {
        String name = label.workloadClass() == WorkloadClass.INDETERMINATE
                ? "neither"
                : label.workloadClass().name().toLowerCase(Locale.ROOT).replace("generative_", "");
        String word = name.equals("understanding") ? "underst." : name;
        return label.stated() ? word : word + "?";
    }
}
