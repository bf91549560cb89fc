package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.soak.Machine;
import dev.ridgepoint.analysis.soak.SoakStudy;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plain report of a run: what it was, a table of what was measured, what was not and why, and what the run could
 * have detected. Times are steady, never the best.
 */
public final class TextReport {
    /** Columns of a terminal or a printed page that lines keep to where names allow. */
    private static final int WIDTH = 120;
    /** Cases named under a reason; the rest is counted, and the JSON and HTML reports name them all. */
    private static final int NAMED = 8;

    private static final String LEGEND = """
            time: steady, the geometric mean over forks and the half-width of its interval. TFLOP/s, GB/s: of the least work.
            ceil: share of the measured ceiling that binds. error: relative Frobenius, against the oracle. underst.: understanding.
            class: ends in ? where it is told from the shape alone.
            kernel: without the operation, backend and precision that stand beside it.
            flags: U unsteady, T throttled, F too few forks, P implausible, X see reasons. A flagged figure is no headline.
            """;

    private static final String COUNTER_LEGEND = """
            sectors: of 32 bytes, loaded and stored. filled: bytes that each block touches over those of the distinct sectors
            they lie in. useful: least bytes of the question over those of these sectors. wavefronts: passes over the banks of
            shared memory, over the fewest that its bytes need.
            """;

    private TextReport() {}

    /** The report of a bundle, each case labelled by the catalogue or, failing that, from its shape. */
    public static String render(Path bundle) throws IOException {
        return render(bundle, Labeller.standard());
    }

    /** The report of a bundle under another labeller. */
    public static String render(Path bundle, Labeller labeller) throws IOException {
        return render(RunReport.of(BundleReader.open(bundle), labeller));
    }

    static String render(RunReport report) {
        StringBuilder out = new StringBuilder(heading(report));
        List<CaseRow> measured = report.measured();
        CaseTables.byDomain(measured)
                .forEach((domain, rows) -> out.append('\n')
                        .append(Caveat.before(report.context().device(), domain))
                        .append('\n')
                        .append(CaseTables.narrow(rows).plain(WIDTH)));
        if (!measured.isEmpty()) {
            out.append('\n').append(LEGEND);
        }
        flagged(measured, out);
        simulated(report.simulated(), out);
        soak(report.soak(), out);
        gpu(report.gpu(), out);
        for (String kind : List.of("incorrect", "failed", "skipped")) {
            unmeasured(report, kind, out);
        }
        line(out, "");
        line(out, report.countsSentence());
        line(out, report.detection().sentence());
        return out.toString();
    }

    private static String heading(RunReport report) {
        StringBuilder out = new StringBuilder();
        String device = report.context().device().name();
        line(out, Caveat.before(report.context().device(), device));
        line(
                out,
                "Run " + report.run().runId() + ", suite " + report.run().suite() + ", protocol "
                        + report.run().protocol().id() + ", started "
                        + report.run().started());
        if (!report.run().complete()) {
            String finish = report.run().mergedFrom().isEmpty()
                    ? "finish it with `ridgepoint run --resume`."
                    : "finish its parts with `ridgepoint run --resume` or run those missing, and merge all again.";
            line(out, "PARTIAL: cases may be missing; " + finish);
        }
        return out.toString();
    }

    private static void simulated(List<CaseRow> simulated, StringBuilder out) {
        if (!simulated.isEmpty()) {
            out.append("\nSimulated: counts of PTX instructions by the emulated driver, no times\n")
                    .append(CounterTable.of(simulated).plain(WIDTH))
                    .append('\n')
                    .append(COUNTER_LEGEND);
        }
    }

    private static void soak(SoakStudy soak, StringBuilder out) {
        if (soak != null) {
            out.append("\nSoak: the first minutes and the steady figure side by side\n")
                    .append(SoakText.table(soak).plain(WIDTH))
                    .append('\n');
            SoakText.lines(soak).forEach(text -> line(out, text));
        }
    }

    private static void gpu(Machine gpu, StringBuilder out) {
        if (gpu != null) {
            line(out, "");
            SoakText.machine(gpu).forEach(text -> line(out, text));
        }
    }

    private static void flagged(List<CaseRow> measured, StringBuilder out) {
        for (CaseRow row : measured) {
            for (String reason : row.objections()) {
                line(out, "  " + row.flags() + "  " + row.id() + ": " + reason);
            }
        }
    }

    /** One line a reason, with the cases it holds for. */
    private static void unmeasured(RunReport report, String kind, StringBuilder out) {
        Map<String, List<CaseRow>> byReason = new LinkedHashMap<>();
        for (CaseRow row : report.rows()) {
            if (row.result().outcome().kind().equals(kind)) {
                byReason.computeIfAbsent(row.reason(), reason -> new ArrayList<>())
                        .add(row);
            }
        }
        if (byReason.isEmpty()) {
            return;
        }
        line(out, "");
        line(out, Numbers.count(byReason.values().stream().mapToInt(List::size).sum()) + " " + kind);
        byReason.forEach((reason, rows) -> {
            line(out, "  " + Numbers.count(rows.size()) + "x " + reason);
            rows.stream().limit(NAMED).forEach(row -> line(out, "       " + row.id() + " (" + row.kernel() + ")"));
            if (rows.size() > NAMED) {
                line(out, "       and " + Numbers.count(rows.size() - NAMED) + " more; --json names them all");
            }
        });
    }

    private static void line(StringBuilder out, String raw) {
        out.append(Names.oneLine(raw)).append('\n');
    }
}
