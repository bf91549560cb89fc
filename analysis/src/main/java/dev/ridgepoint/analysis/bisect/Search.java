package dev.ridgepoint.analysis.bisect;

import dev.ridgepoint.analysis.compare.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Halves the groups between a good build and a bad one until the step between two is left. Each decision is a comparison of
 * one build against the good one, which says what it could have seen; one that cannot tell ends the search.
 *
 * <p>What is asked of a build in between is on which side of the step it stands, not whether it is equivalent within a margin:
 * where the interval of its ratio ends below half of the least step that both ends showed (in logarithms), it is good.
 */
public final class Search {
    private static final Set<Verdict> GOOD = EnumSet.of(Verdict.EQUIVALENT, Verdict.IDENTICAL, Verdict.FASTER);

    private Search() {}

    /** Holds a build against the first one. */
    @FunctionalInterface
    public interface Judge {
        Judgement judge(int build) throws IOException;
    }

    /**
     * What a comparison with the first build said.
     *
     * @param ratio the build's time over the first's, NaN where there is none
     * @param low lower bound of its 95 % interval
     * @param high upper bound
     * @param mde the slowdown, a ratio minus one, that four in five such comparisons would have called
     * @param forks of the side that has fewer
     * @param forksNeeded a side that would show the margin by the spread seen, 0 where nobody can tell
     */
    public record Judgement(
            Verdict verdict, double ratio, double low, double high, double mde, int forks, int forksNeeded) {}

    /** A build that was held against the first one. */
    public record Step(int build, Judgement judgement) {}

    /** How it ended. */
    public enum End {
        /** One boundary is left. */
        FOUND,
        /** The last build is not slower than the first. */
        NO_REGRESSION,
        /** All builds have one kernel: whatever got slower, it did not. */
        SAME_KERNEL,
        /** A comparison could not tell; the boundary lies in what is left. */
        OPEN
    }

    /**
     * What the search came to.
     *
     * @param lastGood the last build known to be good, by measuring it or one of the same kernel
     * @param firstBad the first known to be bad; with FOUND it follows {@code lastGood}
     */
    public record Outcome(End end, int lastGood, int firstBad, List<Step> steps) {
        public Outcome {
            steps = List.copyOf(steps);
        }
    }

    /** Searches; asks the judge as seldom as it can. */
    public static Outcome of(Groups builds, Judge judge) throws IOException {
        List<Groups.Group> groups = builds.groups();
        int last = builds.builds() - 1;
        List<Step> steps = new ArrayList<>();
        if (groups.size() < 2) {
            return new Outcome(End.SAME_KERNEL, 0, last, steps);
        }
        Judgement ends = ask(judge, last, steps);
        if (ends.verdict() != Verdict.SLOWER) {
            return new Outcome(GOOD.contains(ends.verdict()) ? End.NO_REGRESSION : End.OPEN, 0, last, steps);
        }
        int good = 0;
        int bad = groups.size() - 1;
        while (bad - good > 1) {
            int middle = (good + bad) / 2;
            Judgement found = ask(judge, groups.get(middle).first(), steps);
            if (found.verdict() == Verdict.SLOWER) {
                bad = middle;
            } else if (GOOD.contains(found.verdict()) || isShortOf(ends, found)) {
                good = middle;
            } else {
                return new Outcome(
                        End.OPEN, groups.get(good).last(), groups.get(bad).first(), steps);
            }
        }
        return new Outcome(End.FOUND, groups.get(good).last(), groups.get(bad).first(), steps);
    }

    /** Whether a build that was measured has at most half of the least step there is, in logarithms. */
    private static boolean isShortOf(Judgement ends, Judgement found) {
        return found.verdict() == Verdict.INCONCLUSIVE && found.high() < Math.sqrt(ends.low());
    }

    private static Judgement ask(Judge judge, int build, List<Step> steps) throws IOException {
        Judgement judgement = judge.judge(build);
        steps.add(new Step(build, judgement));
        return judgement;
    }
}
