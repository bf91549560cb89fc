package dev.ridgepoint.analysis.export;

import dev.ridgepoint.analysis.report.MarkdownReport;
import dev.ridgepoint.analysis.report.RunFigures;
import dev.ridgepoint.analysis.report.TextTable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The tables of the report for a page or a comment, and under them every case without a figure with its reason. */
final class MarkdownExport implements Exporter {
    @Override
    public String id() {
        return "markdown";
    }

    @Override
    public boolean takesSeveral() {
        return true;
    }

    @Override
    public List<String> write(List<RunFigures> runs, Writer out) throws IOException {
        for (int i = 0; i < runs.size(); i++) {
            RunFigures run = runs.get(i);
            out.write(i == 0 ? "" : "\n---\n\n");
            out.write(MarkdownReport.valid(run.bundle()));
            if (!run.omitted().isEmpty()) {
                TextTable table = new TextTable("left out", "kernel", "outcome", "reason");
                run.omitted().forEach(one -> table.row(List.of(one.id(), one.kernel(), one.how(), one.reason())));
                out.write("\n" + table.markdown());
            }
        }
        return List.of();
    }
}
