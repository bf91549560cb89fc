package dev.ridgepoint.analysis.classify;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A positive weight for every story: one row of a table of likelihoods. */
final class Odds {
    /** No clue refutes a story outright; the world is larger than the tables. */
    private static final double LEAST = 1e-6;

    private static final Story[] STORIES = Story.values();

    private final double[] weights;
    /** Logarithms, taken once: most tables are constants that are weighed again and again. */
    private final double[] logs = new double[STORIES.length];

    private Odds(double[] weights) {
        this.weights = weights;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.max(LEAST, weights[i]);
            logs[i] = Math.log(weights[i]);
        }
    }

    /** The same weight for every story. */
    static Odds all(double weight) {
        double[] weights = new double[STORIES.length];
        Arrays.fill(weights, weight);
        return new Odds(weights);
    }

    /** A weight computed from the story. */
    static Odds of(ToDoubleFunction<Story> weight) {
        double[] weights = new double[STORIES.length];
        for (Story story : STORIES) {
            weights[story.ordinal()] = weight.applyAsDouble(story);
        }
        return new Odds(weights);
    }

    /** These odds but for the named stories. */
    Odds but(double weight, Story... stories) {
        double[] copy = weights.clone();
        for (Story story : stories) {
            copy[story.ordinal()] = weight;
        }
        return new Odds(copy);
    }

    /** These odds but for every story of the named architectures. */
    Odds but(double weight, Architecture... architectures) {
        List<Architecture> named = List.of(architectures);
        return of(story -> named.contains(story.architecture()) ? weight : of(story));
    }

    /** These odds, story by story times others. */
    Odds times(Odds others) {
        return of(story -> of(story) * others.of(story));
    }

    double of(Story story) {
        return weights[story.ordinal()];
    }

    /** Logarithms in the order of {@link Story}; not to be changed. */
    double[] logs() {
        return logs;
    }
}
