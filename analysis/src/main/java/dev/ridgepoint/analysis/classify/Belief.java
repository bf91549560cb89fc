package dev.ridgepoint.analysis.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Evidence weighed so far: the log of prior times likelihoods, story by story, and what each clue said. */
final class Belief {
    /**
     * One clue.
     *
     * @param odds its likelihood under each story
     * @param words what was seen, made only when someone asks
     */
    record Clue(Odds odds, Supplier<String> words) {
        /** Log-odds it lends to one story against another. */
        double favours(Story story, Story other) {
            return odds.logs()[story.ordinal()] - odds.logs()[other.ordinal()];
        }
    }

    private final double[] log;
    private final List<Clue> clues = new ArrayList<>();

    Belief(Odds prior) {
        this.log = prior.logs().clone();
    }

    /** Weighs a clue; clues are taken as independent given the story. */
    void add(Odds likelihood, Supplier<String> words) {
        double[] its = likelihood.logs();
        for (int i = 0; i < log.length; i++) {
            log[i] += its[i];
        }
        clues.add(new Clue(likelihood, words));
    }

    List<Clue> clues() {
        return clues;
    }

    /** Probabilities that sum to one, in the order of {@link Story}. */
    double[] posterior() {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : log) {
            most = Math.max(most, value);
        }
        double[] p = new double[log.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(log[i] - most);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }
}
