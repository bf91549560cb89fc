package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.report.HtmlReport;
import dev.ridgepoint.analysis.report.JsonReport;
import dev.ridgepoint.analysis.report.MarkdownReport;
import dev.ridgepoint.analysis.report.TableMarkers;
import dev.ridgepoint.analysis.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint report}: what a bundle says. */
@Command(name = "report", description = "Print a bundle's table, or write its report as one HTML file.")
final class ReportCommand implements Callable<Integer>, ReadsBundles {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "BUNDLE", description = "Folder of a run.")
    private Path bundle;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the HTML report here.")
    private Path html;

    @Option(
            names = "--into",
            paramLabel = "PAGE",
            description = "Put the table of valid cases between <!-- ridgepoint:NAME:begin --> and :end --> of a"
                    + " Markdown page, NAME being the bundle folder's.")
    private Path page;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            out.println(JsonReport.render(bundle).strip());
        } else if (html == null && page == null) {
            out.print(TextReport.render(bundle));
        }
        if (html != null) {
            HtmlReport.write(bundle, html);
            spec.commandLine().getErr().println("report  " + html);
        }
        if (page != null) {
            intoPage();
        }
        out.flush();
        return ExitCode.OK.status();
    }

    private void intoPage() throws IOException {
        String name = bundle.toRealPath().getFileName().toString();
        boolean changed = TableMarkers.update(page, name, MarkdownReport.valid(bundle));
        spec.commandLine().getErr().println("page    " + page + (changed ? " updated" : " is current"));
    }
}
