package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Folds beliefs about stories into at most three candidates.
 *
 * <p>Each class that holds a tenth of the belief comes first with its likeliest phase; room that is left goes to the
 * next likeliest pairs of class and phase. What is not listed is shared out: within its class over the phases listed, or,
 * where the class is not listed, over all. So the probabilities sum to 1, and those of one class add up to the class's.
 */
final class Candidates {
    private static final int AT_MOST = 3;
    private static final double WORTH_NAMING = .1;

    /** The pairs there are of class and phase, and which of them each story belongs to. */
    private static final List<Pair> PAIRS = new ArrayList<>();

    private static final int[] PAIR_OF = new int[Story.values().length];

    static {
        for (Story story : Story.values()) {
            Pair pair = new Pair(story.workloadClass(), story.phase());
            if (!PAIRS.contains(pair)) {
                PAIRS.add(pair);
            }
            PAIR_OF[story.ordinal()] = PAIRS.indexOf(pair);
        }
    }

    private record Pair(WorkloadClass workloadClass, Phase phase) {}

    private final double[] pairs = new double[PAIRS.size()];
    private final double[] classes = new double[WorkloadClass.values().length];

    Candidates(double[] stories) {
        for (int i = 0; i < stories.length; i++) {
            pairs[PAIR_OF[i]] += stories[i];
            classes[classOf(PAIR_OF[i])] += stories[i];
        }
    }

    private static int classOf(int pair) {
        return PAIRS.get(pair).workloadClass.ordinal();
    }

    /** Likeliest class first, and within a class likeliest phase first. */
    List<Candidate> list() {
        List<Integer> chosen = new ArrayList<>(AT_MOST);
        boolean[] named = new boolean[classes.length];
        for (int next = best(chosen, named, true); next >= 0; next = best(chosen, named, true)) {
            named[classOf(next)] = true;
            chosen.add(next);
        }
        for (int next = best(chosen, named, false); next >= 0; next = best(chosen, named, false)) {
            chosen.add(next);
        }
        return normalised(chosen);
    }

    /** The likeliest pair not chosen yet, of a class worth naming and not named if so wanted; -1 where there is none. */
    private int best(List<Integer> chosen, boolean[] named, boolean ofNewClass) {
        int best = -1;
        for (int i = 0; i < pairs.length && chosen.size() < AT_MOST; i++) {
            boolean fits = !ofNewClass || (!named[classOf(i)] && classes[classOf(i)] >= WORTH_NAMING);
            if (fits && !chosen.contains(i) && (best < 0 || pairs[i] > pairs[best])) {
                best = i;
            }
        }
        return best;
    }

    private List<Candidate> normalised(List<Integer> chosen) {
        double[] listed = new double[classes.length];
        chosen.forEach(i -> listed[classOf(i)] += pairs[i]);
        double covered = 0;
        for (int c = 0; c < classes.length; c++) {
            covered += listed[c] > 0 ? classes[c] : 0;
        }
        List<Candidate> candidates = new ArrayList<>(AT_MOST);
        for (int i : chosen) {
            double ofClass = pairs[i] / listed[classOf(i)];
            Pair pair = PAIRS.get(i);
            candidates.add(new Candidate(pair.workloadClass, pair.phase, ofClass * classes[classOf(i)] / covered));
        }
        candidates.sort(Comparator.comparingDouble(
                        (Candidate c) -> -classes[c.workloadClass().ordinal()])
                .thenComparingDouble(c -> -c.probability()));
        return candidates;
    }
}
