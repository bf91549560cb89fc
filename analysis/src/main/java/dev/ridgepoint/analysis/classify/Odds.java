package dev.ridgepoint.analysis.classify;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** A positive weight for every story: one row of a table of likelihoods. */
final class Odds {
    /** No clue refutes a story outright; the world is larger than the tables. */
    private static final double LEAST = 1e-6;

    private final double[] weights = new double[Story.values().length];

    private Odds() {}

    /** The same weight for every story. */
    static Odds all(double weight) {
        Odds odds = new Odds();
        Arrays.fill(odds.weights, weight);
        return odds;
    }

    /** A weight computed from the story. */
    static Odds of(ToDoubleFunction<Story> weight) {
        Odds odds = new Odds();
        for (Story story : Story.values()) {
            odds.weights[story.ordinal()] = weight.applyAsDouble(story);
        }
        return odds;
    }

    /** These odds but for the named stories. */
    Odds but(double weight, Story... stories) {
        Odds copy = of(this::of);
        for (Story story : stories) {
            copy.weights[story.ordinal()] = weight;
        }
        return copy;
    }

    /** These odds but for every story of the named architectures. */
    Odds but(double weight, Architecture... architectures) {
        Odds copy = of(this::of);
        for (Story story : Story.values()) {
            if (Arrays.asList(architectures).contains(story.architecture())) {
                copy.weights[story.ordinal()] = weight;
            }
        }
        return copy;
    }

    /** These odds, story by story times others. */
    Odds times(Odds others) {
        return of(story -> of(story) * others.of(story));
    }

    double of(Story story) {
        return Math.max(LEAST, weights[story.ordinal()]);
    }
}
