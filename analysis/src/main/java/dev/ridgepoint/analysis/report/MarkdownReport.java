package dev.ridgepoint.analysis.report;

import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Tables of measured cases for Markdown pages; see {@link TableMarkers} for how they get there. */
public final class MarkdownReport {
    private MarkdownReport() {}

    /**
     * The cases whose figures may be headlines, a table for each timing domain and cache state, with the line that ties
     * them to their run. How many cases were left out is said.
     */
    public static String valid(Path bundle) throws IOException {
        return tables(bundle, CaseRow::valid);
    }

    static String tables(Path bundle, Predicate<CaseRow> which) throws IOException {
        RunReport report = RunReport.of(BundleReader.open(bundle), Labeller.standard());
        List<CaseRow> measured = report.measured();
        List<CaseRow> shown = measured.stream()
                .filter(which)
                .sorted(Comparator.comparing(CaseRow::id))
                .toList();
        StringBuilder out = new StringBuilder();
        CaseTables.byDomain(shown)
                .forEach((domain, rows) -> out.append("**")
                        .append(Caveat.before(report.context().device(), domain))
                        .append("**\n\n")
                        .append(CaseTables.wide(rows).markdown())
                        .append('\n'));
        out.append(Numbers.count(shown.size()))
                .append(" of ")
                .append(Numbers.count(measured.size()))
                .append(" measured cases. ")
                .append(report.detection().sentence())
                .append("\n\n`")
                .append(Citation.provenance(report.run(), report.context()).replace('`', '\''))
                .append("`\n");
        return out.toString();
    }
}
