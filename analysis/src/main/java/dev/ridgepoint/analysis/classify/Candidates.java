package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Folds beliefs about stories into at most three candidates.
 *
 * <p>The two likeliest classes, and a third that holds a twentieth of the belief, come first with their likeliest phase; room
 * that is left goes to the next likeliest pairs of class and phase. What is not listed is shared out: within its class over
 * the phases listed, or, where the class is not listed, over all. So the probabilities sum to 1, those of one class add up to
 * the class's, and no class is given everything merely because its rivals were left out.
 */
final class Candidates {
    private static final int AT_MOST = 3;
    /** Classes that are listed however small: a belief is held against something. */
    private static final int CLASSES_AT_LEAST = 2;

    private static final double WORTH_NAMING = .05;
    private static final int ANY_CLASS = -1;

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
        boolean[] passed = new boolean[PAIRS.size()];
        boolean[] named = new boolean[classes.length];
        for (int c = likeliestClass(named); c >= 0 && worthNaming(c, chosen.size()); c = likeliestClass(named)) {
            named[c] = true;
            choose(c, passed, chosen);
        }
        while (chosen.size() < AT_MOST && choose(ANY_CLASS, passed, chosen)) {}
        return normalised(chosen);
    }

    private boolean worthNaming(int ofClass, int before) {
        return before < CLASSES_AT_LEAST || (before < AT_MOST && classes[ofClass] >= WORTH_NAMING);
    }

    /** The likeliest class that has not been named; -1 where the others are all impossible. */
    private int likeliestClass(boolean[] named) {
        int best = -1;
        for (int c = 0; c < classes.length; c++) {
            if (!named[c] && classes[c] > (best < 0 ? 0 : classes[best])) {
                best = c;
            }
        }
        return best;
    }

    /** Adds the likeliest pair of a class that has not been chosen; false where there is none. */
    private boolean choose(int ofClass, boolean[] passed, List<Integer> chosen) {
        int best = -1;
        for (int i = 0; i < pairs.length; i++) {
            boolean fits = !passed[i] && (ofClass == ANY_CLASS || classOf(i) == ofClass);
            if (fits && pairs[i] > (best < 0 ? 0 : pairs[best])) {
                best = i;
            }
        }
        if (best >= 0) {
            passed[best] = true;
            chosen.add(best);
        }
        return best >= 0;
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
