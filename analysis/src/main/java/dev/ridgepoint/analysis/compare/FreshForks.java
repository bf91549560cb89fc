package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.RunDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a second stage has of each case. It decides a case only where it is whole: both runs ended by their own rule, and the
 * case has the forks that were planned, {@link Confirmation#LEAST_FORKS} a side at least. Fewer forks, or forks that stopped
 * when somebody looked, call cases that nobody touched.
 *
 * @param folder where its two runs lie
 * @param complete whether both runs ended
 * @param least forks a side without which it decides nothing
 * @param most forks a side at most
 * @param base forks of the base by case
 * @param candidate forks of the candidate by case
 */
record FreshForks(
        Path folder, boolean complete, int least, int most, Map<String, Integer> base, Map<String, Integer> candidate) {
    private static final Set<String> BROKEN = Set.of("incorrect", "failed");

    /** Counts the forks of both sides, which are bundles. */
    static FreshForks of(Path folder, Sides sides) throws IOException {
        RunDocument here = sides.base().run();
        RunDocument there = sides.candidate().run();
        int least = Math.max(
                Confirmation.LEAST_FORKS,
                Math.max(here.protocol().forks(), there.protocol().forks()));
        Optional<ForkAim> aim = ForkAim.in(here.protocol().id());
        return new FreshForks(
                folder,
                here.complete() && there.complete(),
                least,
                Math.max(least, aim.map(ForkAim::mostForks).orElse(least)),
                forks(sides.base()),
                forks(sides.candidate()));
    }

    private static Map<String, Integer> forks(Side side) throws IOException {
        Map<String, Integer> forks = new HashMap<>();
        side.entries(entry -> forks.put(entry.benchmark(), entry.forks().length));
        return forks;
    }

    /** Whether a pair may be judged; a candidate that breaks is an answer, however few its forks are. */
    boolean decide(Matching.Pair pair) {
        return BROKEN.contains(pair.candidate().outcome())
                || complete
                        && pair.base().forks().length >= least
                        && pair.candidate().forks().length >= least;
    }

    /** Whether there is less of a case than it takes to decide it. */
    boolean lacks(CaseVerdict one) {
        return !complete || here(one) < least || there(one) < least;
    }

    /** How much is there of a case, and how to have the rest. */
    String missing(CaseVerdict one) {
        String present = here(one) == there(one) ? "" + here(one) : here(one) + " and " + there(one);
        String planned = least == most ? "" + least : least + " to " + most;
        return present + " of " + planned + " fresh forks a side are there; "
                + (complete
                        ? "run 'ridgepoint confirm' once more, into another folder"
                        : "finish it with 'ridgepoint confirm --resume " + folder + "'");
    }

    private int here(CaseVerdict one) {
        return base.getOrDefault(one.benchmark(), 0);
    }

    private int there(CaseVerdict one) {
        return candidate.getOrDefault(one.candidate(), 0);
    }
}
