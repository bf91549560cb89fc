package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.analysis.bisect.Search;
import dev.ridgepoint.analysis.compare.CaseVerdict;
import dev.ridgepoint.analysis.compare.Compare;
import dev.ridgepoint.analysis.compare.CompareOptions;
import dev.ridgepoint.analysis.compare.Comparison;
import dev.ridgepoint.analysis.compare.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Holds one build against the first by forks in turn, as {@code ab} does; bundles stay in {@code OUT/<case>-<build>}. */
final class BisectJudge implements Search.Judge {
    /** Counts of the emulated driver are no times, so what it ran is measured on what is at hand. */
    private static final Set<String> EMULATION = Set.of("--driver", "--emulated-arch", "--kernel");

    /** Of several shapes of one kernel the worst speaks. */
    private static final List<Verdict> ORDER = List.of(
            Verdict.SLOWER,
            Verdict.INVALID,
            Verdict.REFUSED,
            Verdict.CLOCK,
            Verdict.INCONCLUSIVE,
            Verdict.FASTER,
            Verdict.EQUIVALENT,
            Verdict.IDENTICAL);

    private final List<BisectBuild> builds;
    private final BisectBuild.Asked asked;
    private final TurnOptions turns;
    private final CompareOptions margin;
    private final RunArguments common;
    private final Path folder;
    private final PrintWriter err;

    BisectJudge(
            List<BisectBuild> builds,
            BisectBuild.Asked asked,
            TurnOptions turns,
            CompareOptions margin,
            RunArguments common,
            Path folder,
            PrintWriter err) {
        this.builds = builds;
        this.asked = asked;
        this.turns = turns;
        this.margin = margin;
        this.common = common;
        this.folder = folder;
        this.err = err;
    }

    @Override
    public Search.Judgement judge(int build) throws IOException {
        String place = asked.name().replaceAll("[^A-Za-z0-9_.-]", "_") + "-" + build;
        RunArguments words = words();
        TakingTurns measured = new TakingTurns(turns, err, folder.resolve(place), side(0), side(build));
        String goOn = "ridgepoint bisect --resume " + folder;
        TakingTurns.Ended ended = measured.run(
                goOn,
                words,
                words,
                id -> asked.id() == null || asked.id().equals(id),
                "not the case that is looked for");
        if (!ended.whole()) {
            throw UserError.open(
                    "the time budget ended before build " + (build + 1) + " had its forks; go on with " + goOn);
        }
        Comparison comparison = Compare.of(measured.bundleOfA(), measured.bundleOfB(), margin);
        CaseVerdict worst = comparison.cases().stream()
                .min(Comparator.comparingInt(one -> ORDER.indexOf(one.verdict())))
                .orElseThrow();
        return new Search.Judgement(
                worst.verdict(),
                worst.ratio(),
                worst.low(),
                worst.high(),
                worst.mde(),
                Math.min(worst.baseForks(), worst.candidateForks()),
                worst.forksToShowMargin());
    }

    /** What the first run among the builds asked for; without one, what is asked here. */
    private RunArguments words() throws IOException {
        for (BisectBuild build : builds) {
            if (build.bundle() != null && asked.id() != null) {
                return AskedRun.of(build.bundle(), folder.resolve(TurnQuestion.SHAPES))
                        .changed(EMULATION, "--kernel", asked.kernel());
            }
        }
        return common.changed(Set.of("--kernel"), "--kernel", asked.kernel());
    }

    private AbSide side(int build) throws IOException {
        BisectBuild one = builds.get(build);
        if (one.jar() == null) {
            throw UserError.missing(
                    one.text() + ": a run alone cannot be measured again; name its jar too, as JAR," + one.text());
        }
        return AbSide.parse("jar=" + one.jar());
    }
}
