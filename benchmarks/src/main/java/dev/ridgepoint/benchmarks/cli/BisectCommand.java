package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.bisect.Evidence;
import dev.ridgepoint.analysis.bisect.Groups;
import dev.ridgepoint.analysis.bisect.Search;
import dev.ridgepoint.benchmarks.jmh.JmhOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ridgepoint bisect}: at which of many builds a case got slower. */
@Command(
        name = "bisect",
        description = "Say between which builds a case got slower: by their kernels' digests and counts first, and by"
                + " forks in turn where these leave a doubt.",
        footer = {
            "",
            "A build is a jar or a checkout, the folder of a run of it, or both as JAR,FOLDER; the good one comes first, the",
            "bad one last. A run on the emulated driver tells its counts. Only suspects are measured, as 'ab' does."
        })
final class BisectCommand implements Callable<Integer> {
    private static final String NAME = "bisect";
    private static final String END = "--";
    private static final int LEAST_KEY = 8;
    private static final long MOST_BYTES = 1 << 20;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SelectionOptions selection;

    @Mixin
    private MeasureOptions measure;

    @ArgGroup(multiplicity = "0..1")
    private Which which;

    /** What is looked for. */
    private static final class Which {
        @Option(
                names = "--case",
                paramLabel = "KEY",
                description =
                        "A case of the runs, by its id or the first 8 digits or more of its key; without runs, a kernel.")
        private String key;

        @Option(
                names = "--all",
                description = "Every case of the runs; without runs, every CUDA kernel that a jar has an image of.")
        private boolean all;
    }

    @Option(names = "--builds", paramLabel = "FILE", description = "More builds, a line each, after those named.")
    private Path list;

    @Option(names = "--no-measure", description = "Name the suspects, and what to run where the device is.")
    private boolean noMeasure;

    @Mixin
    private InTurnOptions inTurn;

    @Mixin
    private Resumption resumption;

    @Parameters(
            arity = "0..*",
            paramLabel = "GOOD ... BAD [-- JMH-OPTIONS]",
            description = "Builds in order, and options handed through to JMH.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws IOException {
        if (resumption.resume() != null) {
            BisectCommand asked = resumption.question(NAME, spec).asked(BisectCommand.class, spec, main.json());
            asked.measure.turns().goOn(measure.turns(), resumption.resume());
            List<BisectBuild> builds = asked.builds();
            return asked.search(asked.report(builds), builds, resumption.resume());
        }
        if (which == null) {
            throw UserError.refused("bisect: expected --case KEY or --all, or --resume FOLDER");
        }
        List<BisectBuild> builds = builds();
        BisectReport report = report(builds);
        if (measure.dryRun() || noMeasure || report.suspected().isEmpty()) {
            return report.print(spec.commandLine(), measure.dryRun());
        }
        Path folder = measure.folder(NAME);
        List<Path> named = builds.stream()
                .flatMap(build -> Stream.of(build.jar(), build.bundle()))
                .filter(Objects::nonNull)
                .toList();
        return TurnQuestion.begin(NAME, spec, folder, named, () -> search(report, builds, folder));
    }

    private BisectReport report(List<BisectBuild> builds) throws IOException {
        measure.aim().take(selection.aim());
        BisectReport report = new BisectReport(builds, typed(), main.json());
        for (BisectBuild.Asked asked : asked(builds)) {
            List<Evidence> evidence = new ArrayList<>();
            for (BisectBuild build : builds) {
                evidence.add(build.evidence(asked));
            }
            report.add(asked, Groups.of(evidence), evidence);
        }
        return report;
    }

    private List<String> typed() {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    private int search(BisectReport report, List<BisectBuild> builds, Path folder) throws IOException {
        RunArguments common = RunArguments.of(spec.commandLine().getParseResult(), typed(), "--forks");
        PrintWriter err = spec.commandLine().getErr();
        for (BisectReport.OfCase one : report.suspected()) {
            BisectJudge judge =
                    new BisectJudge(builds, one.asked(), measure.turns(), inTurn.compare(), common, folder, err);
            try {
                one.ended(Search.of(one.groups(), judge));
            } catch (UserError failed) {
                if (failed.exitCode() == ExitCode.REFUSED) {
                    throw failed;
                }
                report.cannotMeasure(failed);
                break;
            }
        }
        return report.print(spec.commandLine(), false);
    }

    /** The builds that were typed, and those of the list; what follows {@code --} is JMH's. */
    private List<BisectBuild> builds() throws IOException {
        List<String> typed = typed();
        int jmh = typed.contains(END) ? typed.size() - typed.indexOf(END) - 1 : 0;
        JmhOptions.parse(words.subList(words.size() - jmh, words.size()));
        return builds(words.subList(0, words.size() - jmh));
    }

    private List<BisectBuild> builds(List<String> named) throws IOException {
        List<String> texts = new ArrayList<>(named);
        if (list != null) {
            if (Files.isDirectory(list)) {
                throw UserError.refused("--builds: " + list + " is a folder; expected a file with a build a line");
            }
            if (Files.size(list) > MOST_BYTES) {
                throw UserError.refused("--builds: " + list + " is larger than a list of builds may be, 1 MiB");
            }
            Files.readAllLines(list).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(texts::add);
        }
        if (texts.size() < 2) {
            throw UserError.refused("bisect: expected a good build and a bad one at least, got " + texts.size());
        }
        return texts.stream().map(BisectBuild::parse).toList();
    }

    private List<BisectBuild.Asked> asked(List<BisectBuild> builds) throws IOException {
        List<BisectBuild.Asked> cases = new ArrayList<>();
        for (BisectBuild build : builds) {
            cases.addAll(build.cases());
        }
        Set<BisectBuild.Asked> known = new LinkedHashSet<>(cases);
        boolean byRuns = !known.isEmpty();
        if (!byRuns) {
            Set<String> kernels = new TreeSet<>();
            for (BisectBuild build : builds) {
                kernels.addAll(build.kernels());
            }
            kernels.forEach(kernel -> known.add(new BisectBuild.Asked(null, null, kernel)));
        }
        if (which.key != null && !byRuns) {
            return List.of(new BisectBuild.Asked(null, null, which.key));
        }
        List<BisectBuild.Asked> meant = known.stream()
                .filter(one -> which.all || names(one))
                .sorted(Comparator.comparing(BisectBuild.Asked::name))
                .toList();
        if (meant.isEmpty()) {
            throw UserError.refused(
                    which.all
                            ? "--all: no build has a run, and no jar has an image of a CUDA kernel; name a kernel by --case"
                            : "--case: no run has a case '" + which.key + "'; see 'ridgepoint report'");
        }
        return meant;
    }

    private boolean names(BisectBuild.Asked one) {
        return one.id().equals(which.key)
                || which.key.length() >= LEAST_KEY && one.key().startsWith(which.key);
    }
}
