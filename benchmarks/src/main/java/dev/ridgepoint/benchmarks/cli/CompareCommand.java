package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.baseline.Baselines;
import dev.ridgepoint.analysis.compare.Compare;
import dev.ridgepoint.analysis.compare.CompareJson;
import dev.ridgepoint.analysis.compare.CompareJunit;
import dev.ridgepoint.analysis.compare.CompareMarkdown;
import dev.ridgepoint.analysis.compare.CompareOptions;
import dev.ridgepoint.analysis.compare.ComparePage;
import dev.ridgepoint.analysis.compare.CompareText;
import dev.ridgepoint.analysis.compare.Comparison;
import dev.ridgepoint.analysis.compare.Reason;
import dev.ridgepoint.analysis.compare.Verdict;
import dev.ridgepoint.analysis.report.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint compare}: is the candidate slower than the base. */
@Command(
        name = "compare",
        description = "Judge a candidate against a base, case by case, and say what the data could have shown.")
final class CompareCommand implements Callable<Integer>, ReadsBundles {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "BASE",
            description = "Folder of a run, or JSON of JMH or nvbench; a1.json,a2.json,... are forks of nvbench.")
    private Path base;

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "What is judged against it, likewise.")
    private Path candidate;

    @Option(names = "--gate", description = "Exit with 1 where the gate is not clean.")
    private boolean gate;

    @Option(names = "--strict", description = "Exit with 4 where the data cannot tell.")
    private boolean strict;

    @Option(
            names = "--margin",
            paramLabel = "PERCENT",
            description = "Least change worth calling, in percent (default: 3, or a calibration's under --gate).")
    private Double margin;

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "Take margins from this calibration (default under --gate: the one beside the baseline).")
    private Path calibration;

    @Option(names = "--paired", description = "The runs took turns fork by fork: compare within blocks.")
    private boolean paired;

    @Option(
            names = "--confirmed",
            paramLabel = "FOLDER",
            description = "What 'confirm' left: decide what was called or is open on its fresh forks alone.")
    private Path confirmed;

    @Option(
            names = "--allow",
            paramLabel = "REASON",
            split = ",",
            converter = AllowedReason.class,
            description = "Compare although this differs, say so, and never gate on it: PROTOCOL_DIFFERS,"
                    + " DOMAIN_DIFFERS, CACHE_STATE_DIFFERS, INPUTS_DIFFER, OTHER_DEVICE.")
    private List<Reason> allowed = List.of();

    @Option(names = "--markdown", description = "Print Markdown, for a pull request.")
    private boolean markdown;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML here, beside what is printed.")
    private Path junit;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page here that opens from disk: the gate, ratios with intervals, every verdict.")
    private Path html;

    @Override
    public Integer call() throws IOException {
        if (markdown && main.json()) {
            throw UserError.refused("--json and --markdown: standard output has one answer; choose one of them");
        }
        Set<Reason> allow = EnumSet.noneOf(Reason.class);
        allow.addAll(allowed);
        Path against = Baselines.bundle(base);
        double usual = margin == null ? CompareOptions.MARGIN : margin / 100;
        CompareOptions options =
                new CompareOptions(usual, paired, allow, GateMargins.of(against, calibration, gate && margin == null));
        Comparison comparison = confirmed == null
                ? Compare.of(against, candidate, options)
                : Compare.confirmed(against, candidate, confirmed, options);
        if (junit != null) {
            WholeFile.write(junit, CompareJunit.render(comparison));
            spec.commandLine().getErr().println("junit   " + junit);
        }
        if (html != null) {
            ComparePage.write(comparison, html);
            spec.commandLine().getErr().println("page    " + html);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            CompareJson.write(comparison, out);
        } else {
            out.print(markdown ? CompareMarkdown.render(comparison) : CompareText.render(comparison));
        }
        out.flush();
        return exit(comparison, gate, strict).status();
    }

    /** What a comparison comes to. */
    static ExitCode exit(Comparison comparison, boolean gate, boolean strict) {
        if (gate && comparison.gate().regressed()) {
            return ExitCode.CHECK_FAILED;
        }
        if (comparison.counts().get(Verdict.REFUSED) > 0 || comparison.nothingJudged()) {
            return ExitCode.REFUSED;
        }
        if (strict && comparison.inconclusive()) {
            return ExitCode.INCONCLUSIVE;
        }
        return gate && !comparison.gate().passed() ? ExitCode.CHECK_FAILED : ExitCode.OK;
    }
}
