package dev.ridgepoint.analysis.classify;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Everything the classifier learnt from one catalogue, computed once. */
final class Knowledge {
    /** Share of real cases whose extents are those of a catalogue model; the rest is only alike. */
    static final double LISTED = .5;
    /** Sizes a width is commonly chosen from, an octave: what turns a density into the chance of one size. */
    static final double SIZES_AN_OCTAVE = 12;

    /** How far a preference for a proportion may raise the chance of meeting a catalogue model's very extents. */
    private static final double COINCIDENCE = 2;

    final KnownModels models;
    final Priors priors;
    final WidthTable widths;
    final LayerBook<Weight> weights;
    final LayerBook<Weight> transforms;
    final LayerBook<Heads> heads;
    final Heads.Dimensions dimensions;

    Knowledge(KnownModels models) {
        this.models = models;
        this.priors = new Priors(models);
        this.widths = new WidthTable(models);
        this.weights = Weight.book(models);
        this.transforms = Weight.transformed(models);
        this.heads = Heads.book(models);
        this.dimensions = new Heads.Dimensions(models);
    }

    /** Likelihood of extents under one story. */
    interface Likelihood {
        /** Because a catalogue model has exactly these. */
        double listed(Story story);

        /** Because they are of a usual proportion and size. */
        double alike(Story story);

        /** Because they are of a usual proportion, whatever their size. */
        double kind(Story story);
    }

    /**
     * Odds of extents. The catalogue has too few recurrent networks and generators to speak for their sizes, which may be
     * any, and weight transforms and gradients come in their owner's: these take the likelihood of an average decoding step
     * and differ from it only in which proportions they prefer.
     */
    Odds odds(Likelihood likelihood) {
        return Odds.of(story -> switch (story.architecture()) {
            case ENCODER, ENCODER_DECODER, DECODER, DIFFUSION ->
                LISTED * likelihood.listed(story) + (1 - LISTED) * likelihood.alike(story);
            default -> LISTED * averageListed(story, likelihood) + (1 - LISTED) * averageAlike(story, likelihood);
        });
    }

    /** Extents that many models share are round, so others have them too: preference for the proportion counts little. */
    private double averageListed(Story story, Likelihood likelihood) {
        return averageStep(step ->
                likelihood.listed(step) * Math.min(COINCIDENCE, likelihood.kind(story) / likelihood.kind(step)));
    }

    private double averageAlike(Story story, Likelihood likelihood) {
        return averageStep(step -> likelihood.alike(step) * likelihood.kind(story) / likelihood.kind(step));
    }

    private double averageStep(ToDoubleFunction<Story> value) {
        double sum = 0;
        double weight = 0;
        for (Story step : List.of(Story.STEP, Story.SEQ2SEQ_STEP)) {
            double share = priors.share(step.architecture()) * step.share("gemm");
            sum += share * value.applyAsDouble(step);
            weight += share;
        }
        return weight == 0 ? 0 : sum / weight;
    }
}
