package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.baseline.Baselines;
import dev.ridgepoint.analysis.compare.Compare;
import dev.ridgepoint.analysis.compare.CompareJson;
import dev.ridgepoint.analysis.compare.CompareOptions;
import dev.ridgepoint.analysis.compare.CompareText;
import dev.ridgepoint.analysis.compare.Comparison;
import dev.ridgepoint.analysis.compare.Confirmation;
import dev.ridgepoint.analysis.report.WholeFile;
import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint confirm}: the second stage of a gate. */
@Command(
        name = "confirm",
        description = "Run what 'compare' calls or cannot tell once more, with fresh forks of both builds in turn,"
                + " and decide on those alone.",
        footer = {
            "",
            "Each side runs " + Confirmation.LEAST_FORKS + " fresh forks a case, and up to " + Confirmation.MOST_FORKS
                    + " until the ratio is known to --aim; --most-forks allows more.",
            "Exits as 'compare --gate' does. The fresh forks stay in FOLDER/a and FOLDER/b, the answer in"
                    + " FOLDER/confirmed.json;",
            "'compare BASE CANDIDATE --gate --confirmed FOLDER' derives it again."
        })
final class ConfirmCommand implements Callable<Integer> {
    private static final String NAME = "confirm";
    private static final String ANSWER = "confirmed.json";
    private static final String BASE_BUILD = "--base-build";
    private static final String CANDIDATE_BUILD = "--candidate-build";
    private static final int SHORT = 12;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TurnOptions turns;

    @Mixin
    private InTurnOptions inTurn;

    @Mixin
    private Resumption resumption;

    @Option(names = BASE_BUILD, paramLabel = "JAR", description = "Jar or checkout that the base was measured with.")
    private String baseBuild;

    @Option(
            names = CANDIDATE_BUILD,
            paramLabel = "JAR",
            description = "That of the candidate (default: what lies here).")
    private String candidateBuild;

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "Take margins from this calibration (default: the one beside the baseline).")
    private Path calibration;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "BASE",
            description = "Folder of a run, or of a device's baseline.")
    private Path base;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CANDIDATE",
            description = "What is judged against it, likewise.")
    private Path candidate;

    @Override
    public Integer call() throws IOException {
        if (resumption.resume() != null) {
            ConfirmCommand asked = resumption.question(NAME, spec).asked(ConfirmCommand.class, spec, main.json());
            asked.turns.goOn(turns, resumption.resume());
            asked.base = Baselines.bundle(asked.base);
            return asked.secondStage(asked.firstStage(), resumption.resume());
        }
        if (base == null || candidate == null) {
            throw UserError.refused("confirm: expected two runs, BASE and CANDIDATE, or --resume FOLDER");
        }
        base = Baselines.bundle(base);
        checkNamedBuilds();
        Comparison first = firstStage();
        if (first.open().isEmpty()) {
            spec.commandLine().getErr().println("Nothing was called and nothing is open: one stage settles it.");
            return answer(first, null);
        }
        Path folder = turns.folder(NAME);
        return TurnQuestion.begin(NAME, spec, folder, List.of(base), () -> secondStage(first, folder));
    }

    /** Before anything else: a name that is wrong is so whether or not a case is open. */
    private void checkNamedBuilds() throws IOException {
        if (baseBuild != null) {
            side(base, baseBuild, BASE_BUILD);
        }
        if (candidateBuild != null) {
            side(candidate, candidateBuild, CANDIDATE_BUILD);
        }
    }

    private Comparison firstStage() throws IOException {
        return Compare.of(base, candidate, options());
    }

    /** As the first stage was asked under --gate. */
    private CompareOptions options() throws IOException {
        return new CompareOptions(
                inTurn.compare().margin(), false, Set.of(), GateMargins.of(base, calibration, !inTurn.ownMargin()));
    }

    private int secondStage(Comparison first, Path folder) throws IOException {
        Set<String> open = first.open();
        PrintWriter err = spec.commandLine().getErr();
        Path shapes = folder.resolve(TurnQuestion.SHAPES);
        RunArguments ofBase = AskedRun.of(base, shapes.resolve("a"));
        RunArguments ofCandidate = AskedRun.of(candidate, shapes.resolve("b"));
        AbSide sideOfBase = side(base, baseBuild, BASE_BUILD);
        AbSide sideOfCandidate = side(candidate, candidateBuild, CANDIDATE_BUILD);
        TakingTurns second = new TakingTurns(turns, err, folder, sideOfBase, sideOfCandidate)
                .forks(Confirmation.LEAST_FORKS, Confirmation.MOST_FORKS);
        String goOn = "ridgepoint confirm --resume " + folder;
        TakingTurns.Ended ended = second.run(goOn, ofBase, ofCandidate, open::contains, "settled in the first stage");
        ended.print(err);
        if (!ended.whole()) {
            err.println("The time budget ended before every case had its forks; go on with " + goOn);
        }
        return answer(Compare.confirmed(base, candidate, folder, options()), folder);
    }

    private int answer(Comparison comparison, Path folder) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (main.json()) {
            CompareJson.write(comparison, out);
        } else {
            out.print(CompareText.render(comparison));
        }
        out.flush();
        if (folder != null) {
            StringWriter text = new StringWriter();
            CompareJson.write(comparison, text);
            WholeFile.write(folder.resolve(ANSWER), text.toString());
            spec.commandLine()
                    .getErr()
                    .println("again   ridgepoint compare --gate" + inTurn.again()
                            + (calibration == null ? "" : " --calibration " + calibration) + " " + base + " "
                            + candidate
                            + " --confirmed " + folder);
        }
        return CompareCommand.exit(comparison, true, false).status();
    }

    /** The build a bundle was measured with, where it is at hand. */
    private static AbSide side(Path bundle, String named, String option) throws IOException {
        var build = BundleReader.open(bundle).context().build();
        Path jar = named == null ? BuildInfo.location() : AbSide.jar(named);
        if (!BuildInfo.digest(jar).equals(build.jarSha256())) {
            String wanted = "the build of " + bundle + " (commit "
                    + (build.gitSha() == null ? "unknown" : build.gitSha().substring(0, SHORT)) + ", SHA-256 "
                    + build.jarSha256().substring(0, SHORT) + "...)";
            throw named == null
                    ? UserError.missing("the second stage runs both builds again, and what lies here is not " + wanted
                            + "; name its jar or its checkout by " + option)
                    : UserError.refused(option + ": " + jar + " is not " + wanted);
        }
        return named == null ? AbSide.parse("this") : AbSide.parse("jar=" + jar);
    }
}
