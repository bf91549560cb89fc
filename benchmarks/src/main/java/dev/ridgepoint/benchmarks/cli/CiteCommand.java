package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.report.Citation;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint cite}: one figure with its context, in one line. */
@Command(name = "cite", description = "Print one case's figure as a line that carries its context.")
final class CiteCommand implements Callable<Integer>, ReadsBundles {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BUNDLE", description = "Folder of a run.")
    private Path bundle;

    @Parameters(index = "1", paramLabel = "CASE", description = "Id of a case, or a part that only one case has.")
    private String wanted;

    @Override
    public Integer call() throws IOException {
        BundleReader reader = BundleReader.open(bundle);
        List<CaseResult> cases = new ArrayList<>();
        reader.sealedCases(cases::add);
        Citation citation = Citation.of(reader.run(), reader.context(), find(cases));
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            JsonOut.print(out, Map.of("line", citation.line()));
        } else {
            out.println(citation.line());
        }
        out.flush();
        return ExitCode.OK.status();
    }

    private CaseResult find(List<CaseResult> cases) {
        List<CaseResult> matches = cases.stream()
                .filter(result -> result.id().equals(wanted))
                .findFirst()
                .map(List::of)
                .orElseGet(() -> cases.stream()
                        .filter(result -> result.id().contains(wanted))
                        .toList());
        if (matches.size() != 1) {
            throw UserError.refused((matches.isEmpty() ? "no case" : matches.size() + " cases") + " of " + bundle
                    + " has '" + wanted + "' in its id; 'ridgepoint report " + bundle + "' shows them");
        }
        return matches.get(0);
    }
}
