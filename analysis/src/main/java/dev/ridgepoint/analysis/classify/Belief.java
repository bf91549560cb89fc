package dev.ridgepoint.analysis.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Evidence weighed so far: the log of prior times likelihoods, story by story, and what each clue said. */
final class Belief {
    /**
     * One clue.
     *
     * @param log its log-likelihood under each story
     * @param words what was seen, made only when someone asks
     */
    record Clue(double[] log, Supplier<String> words) {
        /** Log-odds it lends to one story against another. */
        double favours(Story story, Story other) {
            return log[story.ordinal()] - log[other.ordinal()];
        }
    }

    private static final int STORIES = Story.values().length;

    private final double[] log = new double[STORIES];
    private final List<Clue> clues = new ArrayList<>();

    Belief(Odds prior) {
        add(prior, () -> "");
        clues.clear();
    }

    /** Weighs a clue; stories are taken as independent given their own tables. */
    void add(Odds likelihood, Supplier<String> words) {
        double[] its = new double[STORIES];
        for (Story story : Story.values()) {
            its[story.ordinal()] = Math.log(likelihood.of(story));
            log[story.ordinal()] += its[story.ordinal()];
        }
        clues.add(new Clue(its, words));
    }

    List<Clue> clues() {
        return clues;
    }

    /** Probabilities that sum to one. */
    double[] posterior() {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : log) {
            most = Math.max(most, value);
        }
        double[] p = new double[STORIES];
        double sum = 0;
        for (int i = 0; i < STORIES; i++) {
            p[i] = Math.exp(log[i] - most);
            sum += p[i];
        }
        for (int i = 0; i < STORIES; i++) {
            p[i] /= sum;
        }
        return p;
    }
}
