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

    private static final double OWN_HEADS = .4;

    private static final List<Story> STEPS = List.of(Story.STEP, Story.SEQ2SEQ_STEP);
    private static final List<Story> PASSES =
            List.of(Story.ENCODER_PASS, Story.SEQ2SEQ_ENCODE, Story.PROMPT, Story.DENOISE);

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
     * any: these take the likelihood of an average decoding step, and differ from it only in which proportions they
     * prefer. Weight transforms and gradients come in the sizes of all architectures together.
     */
    Odds odds(Likelihood likelihood) {
        return Odds.of(story -> switch (story.architecture()) {
            case ENCODER, ENCODER_DECODER, DECODER, DIFFUSION ->
                mixed(
                        story == Story.ENCODER_HEAD ? headed(likelihood) : likelihood.listed(story),
                        likelihood.alike(story));
            case GENERATOR, RNN, RNN_SEQ2SEQ ->
                mixed(listedForSteps(story, likelihood), average(STEPS, alikeAs(story, likelihood)));
            case NO_REQUEST -> mixed(likelihood.listed(story), average(PASSES, alikeAs(story, likelihood)));
        });
    }

    /** Pooled heads are put on models of every width, decoders' too, more often than the catalogue's passes say. */
    private double headed(Likelihood likelihood) {
        return OWN_HEADS * likelihood.listed(Story.ENCODER_HEAD) + listedForSteps(Story.ENCODER_HEAD, likelihood);
    }

    private static double mixed(double listed, double alike) {
        return LISTED * listed + (1 - LISTED) * alike;
    }

    /** Extents that many models share are round, so others have them too: preference for the proportion counts little. */
    private double listedForSteps(Story story, Likelihood likelihood) {
        return average(
                STEPS,
                step -> likelihood.listed(step)
                        * Math.min(COINCIDENCE, likelihood.kind(story) / likelihood.kind(step)));
    }

    private static ToDoubleFunction<Story> alikeAs(Story story, Likelihood likelihood) {
        return other -> likelihood.alike(other) * likelihood.kind(story) / likelihood.kind(other);
    }

    /** Mean over stories, each weighing as many models as the catalogue has of its architecture. */
    private double average(List<Story> stories, ToDoubleFunction<Story> value) {
        double sum = 0;
        double weight = 0;
        for (Story story : stories) {
            double share = priors.share(story.architecture());
            sum += share * value.applyAsDouble(story);
            weight += share;
        }
        return weight == 0 ? 0 : sum / weight;
    }
}
