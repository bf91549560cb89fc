package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.history.History;
import dev.ridgepoint.analysis.history.HistoryJson;
import dev.ridgepoint.analysis.history.HistoryPage;
import dev.ridgepoint.analysis.history.HistoryText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint history}: at which run did a case change its level. */
@Command(
        name = "history",
        description = "Say at which run a case got slower or faster, over many runs, and what else changed there.")
final class HistoryCommand implements Callable<Integer>, ReadsBundles {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "BUNDLE", description = "Folders of runs, or folders of such folders.")
    private List<Path> bundles;

    @Option(
            names = "--least",
            paramLabel = "PERCENT",
            defaultValue = "1",
            description = "Smallest change shown, in percent (default: ${DEFAULT-VALUE}).")
    private double least;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with a plot of each case here.")
    private Path html;

    @Override
    public Integer call() throws IOException {
        History history = History.of(bundles, least / 100);
        if (html != null) {
            HistoryPage.write(history, html);
            spec.commandLine().getErr().println("page    " + html);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            HistoryJson.write(history, out);
        } else {
            out.print(HistoryText.render(history));
        }
        out.flush();
        return ExitCode.OK.status();
    }
}
