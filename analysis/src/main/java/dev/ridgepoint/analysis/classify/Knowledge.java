package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.model.LayerOp;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Everything the classifier learnt from one catalogue, computed once. */
final class Knowledge {
    /** Share of real cases whose extents are exactly those of a catalogue model; the rest is only alike. */
    private static final double LISTED = 1.0 / 3;
    /** Sizes a width is commonly chosen from, an octave: what turns a density into the chance of one size. */
    static final double SIZES_AN_OCTAVE = 12;
    /** How far a preference for a proportion may raise the chance of meeting a catalogue model's very extents. */
    private static final double COINCIDENCE = 2;
    /** Part of the heads that are put on encoders of the catalogue, as against models of any width. */
    private static final double OWN_HEADS = .4;

    private static final Architecture[] ARCHITECTURES = Architecture.values();
    private static final Story[] STEPS = {Story.STEP, Story.SEQ2SEQ_STEP};
    private static final Story[] PASSES = {Story.ENCODER_PASS, Story.SEQ2SEQ_ENCODE, Story.PROMPT, Story.DENOISE};

    final KnownModels models;
    final Priors priors;
    final WidthTable widths;
    final LayerBook<Weight> weights;
    final LayerBook<Weight> transforms;
    /** Sizes of vocabularies, whole or split over devices, that are no layer's width as well. */
    final Set<Long> vocabularies;

    final LayerBook<Heads> heads;
    final Heads.Dimensions dimensions;

    Knowledge(KnownModels models) {
        this.models = models;
        this.priors = new Priors(models);
        this.widths = new WidthTable(models);
        this.weights = Weight.book(models);
        this.transforms = Weight.transformed(models);
        this.vocabularies = vocabularies(models);
        this.heads = Heads.book(models);
        this.dimensions = new Heads.Dimensions(models);
    }

    private static Set<Long> vocabularies(KnownModels models) {
        Set<Long> heads = new HashSet<>();
        Set<Long> others = new HashSet<>();
        for (KnownModels.Layer layer : models.layers()) {
            if (layer.op() instanceof LayerOp.Gemm gemm) {
                boolean head = gemm.role().equals("head");
                (head ? heads : others).add(gemm.shape().n());
            }
        }
        heads.removeAll(others);
        return Set.copyOf(heads);
    }

    /**
     * Odds of extents. The catalogue has too few recurrent networks and generators to speak for their sizes, which may be
     * any: these take the likelihood of an average decoding step, and differ from it only in which proportions they
     * prefer. Weight transforms and gradients come in the sizes of all architectures together.
     *
     * @param listed chance of exactly these extents in the catalogue, in the order of {@link Story}
     * @param kind chance of their proportions whatever the size
     * @param size chance of their size in an architecture
     */
    Odds odds(double[] listed, Odds kind, ToDoubleFunction<Architecture> size) {
        double[] sizes = new double[ARCHITECTURES.length];
        for (Architecture architecture : ARCHITECTURES) {
            sizes[architecture.ordinal()] = size.applyAsDouble(architecture);
        }
        ToDoubleFunction<Story> sizeOf = story -> sizes[story.architecture().ordinal()];
        double inSteps = average(STEPS, sizeOf);
        double inPasses = average(PASSES, sizeOf);
        return Odds.of(story -> switch (story.architecture()) {
            case ENCODER, ENCODER_DECODER, DECODER, DIFFUSION ->
                mixed(
                        story == Story.ENCODER_HEAD ? headed(listed, kind) : listed[story.ordinal()],
                        kind.of(story) * sizeOf.applyAsDouble(story));
            case GENERATOR, RNN, RNN_SEQ2SEQ -> mixed(ofSteps(story, listed, kind), kind.of(story) * inSteps);
            case NO_REQUEST -> mixed(listed[story.ordinal()], kind.of(story) * inPasses);
        });
    }

    private static double mixed(double listed, double alike) {
        return LISTED * listed + (1 - LISTED) * alike;
    }

    /** Pooled heads are put on models of every width, decoders' too, more often than the catalogue's passes say. */
    private double headed(double[] listed, Odds kind) {
        return OWN_HEADS * listed[Story.ENCODER_HEAD.ordinal()] + ofSteps(Story.ENCODER_HEAD, listed, kind);
    }

    /** Extents that many models share are round, so others have them too: preference for the proportion counts little. */
    private double ofSteps(Story story, double[] listed, Odds kind) {
        return average(STEPS, step -> listed[step.ordinal()] * Math.min(COINCIDENCE, kind.of(story) / kind.of(step)));
    }

    /** Mean over stories, each weighing as many models as the catalogue has of its architecture. */
    private double average(Story[] stories, ToDoubleFunction<Story> value) {
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
