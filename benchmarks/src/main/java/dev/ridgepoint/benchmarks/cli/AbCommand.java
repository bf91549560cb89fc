package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.compare.Compare;
import dev.ridgepoint.analysis.compare.CompareJson;
import dev.ridgepoint.analysis.compare.CompareOptions;
import dev.ridgepoint.analysis.compare.CompareText;
import dev.ridgepoint.analysis.compare.Comparison;
import dev.ridgepoint.analysis.compare.Reason;
import dev.ridgepoint.analysis.compare.Verdict;
import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint ab}: two builds, kernels, bindings or settings whose forks take turns. */
@Command(
        name = "ab",
        description = "Measure two builds, kernels, bindings or settings in turn (ABBA), and judge B against A.",
        footer = {
            "",
            "A side is a jar or a checkout, a kernel (gemm/cpu_fp32_native), a descriptor of an adopted kernel, cpu, jni or",
            "jcuda, or what it sets, joined by commas: threads=2, jvmArgs=-XX:+UseParallelGC, jar=old.jar,kernel=gemm/*;",
            "'this' is what lies here. Everything else is common. Both sides become bundles, OUT/a and OUT/b."
        })
final class AbCommand implements Callable<Integer> {
    private static final String NAME = "ab";

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private MeasureOptions measure;

    @Mixin
    private KernelOptions kernels;

    @Mixin
    private InTurnOptions inTurn;

    @Mixin
    private Resumption resumption;

    @Parameters(index = "0", arity = "0..1", paramLabel = "A", description = "What B is judged against.")
    private String a;

    @Parameters(index = "1", arity = "0..1", paramLabel = "B", description = "What is judged.")
    private String b;

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "-- JMH-OPTIONS",
            description = "Options handed through to JMH.")
    private List<String> jmhArguments = List.of();

    @Override
    public Integer call() throws IOException {
        if (measure.dryRun()) {
            throw UserError.refused("--dry-run: ask 'ridgepoint run --dry-run' what a side would run");
        }
        if (resumption.resume() != null) {
            AbCommand asked = resumption.question(NAME, spec).asked(AbCommand.class, spec, main.json());
            asked.measure.turns().goOn(measure.turns(), resumption.resume());
            return asked.answer(resumption.resume());
        }
        if (a == null || b == null) {
            throw UserError.refused("ab: expected two sides, A and B, or --resume FOLDER");
        }
        JmhOptions.parse(jmhArguments);
        inTurn.compare();
        AbSide.parse(a);
        AbSide.parse(b);
        Path folder = measure.folder(NAME);
        return TurnQuestion.begin(NAME, spec, folder, List.of(), () -> answer(folder));
    }

    private int answer(Path folder) throws IOException {
        measure.aim().take(selection.aim());
        TakingTurns turns =
                new TakingTurns(measure.turns(), spec.commandLine().getErr(), folder, AbSide.parse(a), AbSide.parse(b));
        RunArguments common = RunArguments.of(
                spec.commandLine().getParseResult(),
                spec.root().commandLine().getParseResult().originalArgs(),
                "--forks");
        return judge(turns.run(resumption(folder), common, common, id -> true, ""), turns, folder);
    }

    private static String resumption(Path folder) {
        return "ridgepoint ab --resume " + folder;
    }

    private int judge(TakingTurns.Ended ended, TakingTurns turns, Path folder) throws IOException {
        CompareOptions judged = allowing(inTurn.compare(), turns);
        Comparison comparison = Compare.of(turns.bundleOfA(), turns.bundleOfB(), judged);
        print(comparison, ended, turns, judged, folder);
        return exit(comparison).status();
    }

    /** Threads are part of a protocol; where they are what the sides differ in, that is the question. */
    private static CompareOptions allowing(CompareOptions usual, TakingTurns turns) throws IOException {
        int here = BundleReader.open(turns.bundleOfA()).run().protocol().threads();
        int there = BundleReader.open(turns.bundleOfB()).run().protocol().threads();
        return here == there ? usual : new CompareOptions(usual.margin(), true, Set.of(Reason.PROTOCOL_DIFFERS));
    }

    private void print(
            Comparison comparison, TakingTurns.Ended ended, TakingTurns turns, CompareOptions judged, Path folder)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter beside = main.json() ? spec.commandLine().getErr() : out;
        if (main.json()) {
            CompareJson.write(comparison, out);
        } else {
            out.print(CompareText.withoutGate(comparison));
        }
        ended.print(beside);
        if (!ended.whole()) {
            beside.println(
                    "The time budget ended before every case had its forks: both bundles are partial; go on with "
                            + resumption(folder));
        }
        if (!judged.allowed().isEmpty()) {
            beside.println("allowed " + Reason.PROTOCOL_DIFFERS + ", unasked: threads are what A and B differ in");
        }
        beside.println("again   ridgepoint compare --paired"
                + (judged.allowed().isEmpty() ? "" : " --allow " + Reason.PROTOCOL_DIFFERS)
                + inTurn.again() + " "
                + turns.bundleOfA() + " " + turns.bundleOfB());
        out.flush();
        beside.flush();
    }

    /** That one side is slower is an answer; that it is wrong or dies is a failed check. */
    private static ExitCode exit(Comparison comparison) {
        if (comparison.counts().get(Verdict.REFUSED) > 0) {
            return ExitCode.REFUSED;
        }
        return comparison.nothingJudged() ? ExitCode.CHECK_FAILED : ExitCode.OK;
    }
}
