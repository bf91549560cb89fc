package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.decide.Decide;
import dev.ridgepoint.analysis.decide.DecideOptions;
import dev.ridgepoint.analysis.decide.Decision;
import dev.ridgepoint.analysis.decide.DecisionFile;
import dev.ridgepoint.analysis.decide.DecisionText;
import dev.ridgepoint.analysis.decide.Mix;
import dev.ridgepoint.analysis.decide.StepOption;
import dev.ridgepoint.analysis.economics.PriceList;
import dev.ridgepoint.analysis.report.WholeFile;
import dev.ridgepoint.analysis.serve.Arrivals;
import dev.ridgepoint.analysis.serve.ArrivalsFile;
import dev.ridgepoint.analysis.serve.StepShapes;
import dev.ridgepoint.kernels.workload.Catalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint decide}: alternatives side by side, with what they cost and when that expires. */
@Command(
        name = "decide",
        description =
                "Hold runs, precisions and kernels side by side: throughput, latency, error, energy and cost, never"
                        + " one score; write a record that says when it expires.")
final class DecideCommand implements Callable<Integer>, ReadsBundles {
    private static final Pattern TOKENS = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "BUNDLE", description = "Folders of runs.")
    private List<Path> bundles;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description =
                    "{\"prices\": [{\"device\", \"amount\", \"currency\", \"per\": \"hour\", \"asOf\", \"source\"}, ...]}.")
    private Path prices;

    @Option(
            names = "--price-days",
            paramLabel = "DAYS",
            defaultValue = "90",
            description = "Days after which a price has expired (default: ${DEFAULT-VALUE}).")
    private int priceDays;

    @Option(
            names = "--arrivals",
            paramLabel = "FILE",
            description =
                    "Recorded requests to serve: CSV or lines of JSON with time (s), prompt_tokens, output_tokens.")
    private Path arrivals;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Or requests a second that come independently; with --tokens.")
    private Double rate;

    @Option(names = "--tokens", paramLabel = "PROMPT:OUTPUT", description = "Tokens of each such request: 512:128.")
    private String tokens;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many such requests are drawn (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of their times (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--mix",
            paramLabel = "FILE",
            description = "The workload that weighs kernels, as 'import-trace --json' prints it.")
    private Path mix;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the record here, for 'audit --stale'.")
    private Path record;

    @Option(
            names = "--shapes",
            paramLabel = "FILE",
            description = "Write every shape of the steps that were found, measured or missing, for 'run --shapes'.")
    private Path shapes;

    @Override
    public Integer call() throws IOException {
        Instant now = Instant.now();
        DecideOptions options = new DecideOptions(
                prices == null ? null : PriceList.read(prices, LocalDate.ofInstant(now, ZoneOffset.UTC)),
                load(),
                mix == null ? null : Mix.read(mix),
                priceDays,
                now);
        Decision decision = Decide.of(bundles, options);
        if (record != null) {
            DecisionFile.write(decision, record);
            spec.commandLine().getErr().println("record  " + record);
        }
        if (shapes != null) {
            WholeFile.write(shapes, shapes(decision) + "\n");
            spec.commandLine().getErr().println("shapes  " + shapes);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(main.json() ? DecisionFile.text(decision) : DecisionText.render(decision));
        out.flush();
        return ExitCode.OK.status();
    }

    private static String shapes(Decision decision) {
        if (decision.steps().isEmpty()) {
            throw UserError.refused("--shapes: no measured case belongs to a prompt or a step of a catalogued decoder");
        }
        return StepShapes.of(
                        Catalogue.load(),
                        decision.steps().stream().map(StepOption::step).toList())
                .toPrettyString();
    }

    private Arrivals load() throws IOException {
        if (arrivals != null && rate != null) {
            throw UserError.refused("--arrivals and --rate are two loads; give one");
        }
        if (rate == null) {
            if (tokens != null) {
                throw UserError.refused("--tokens says how long drawn requests are; give --rate too");
            }
            return arrivals == null ? null : ArrivalsFile.read(arrivals);
        }
        Matcher lengths = TOKENS.matcher(tokens == null ? "" : tokens);
        if (!lengths.matches()) {
            throw UserError.refused("--rate needs the tokens of a request: --tokens PROMPT:OUTPUT, such as 512:128"
                    + (tokens == null ? "" : "; got '" + tokens + "'"));
        }
        return Arrivals.poisson(
                rate, Long.parseLong(lengths.group(1)), Long.parseLong(lengths.group(2)), requests, seed);
    }
}
