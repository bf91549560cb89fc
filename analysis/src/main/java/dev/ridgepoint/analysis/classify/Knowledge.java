package dev.ridgepoint.analysis.classify;

/** Everything the classifier learnt from one catalogue, computed once. */
final class Knowledge {
    final KnownModels models;
    final Priors priors;
    final WidthTable widths;
    final WeightBook weights;
    final HeadBook heads;

    Knowledge(KnownModels models) {
        this.models = models;
        this.priors = new Priors(models);
        this.widths = new WidthTable(models);
        this.weights = new WeightBook(models);
        this.heads = new HeadBook(models);
    }

    /**
     * Odds by architecture from what the catalogue can tell of the four that it knows well. Recurrent networks and
     * generators come in any width, and weight transforms in their owner's: they take what an average decoding step gets,
     * so that widths speak neither for nor against them.
     */
    Odds byArchitecture(java.util.function.ToDoubleFunction<Architecture> likelihood) {
        double step = stepShare(Architecture.DECODER, Story.STEP);
        double seq2seq = stepShare(Architecture.ENCODER_DECODER, Story.SEQ2SEQ_STEP);
        double average = step + seq2seq == 0
                ? 1
                : (step * likelihood.applyAsDouble(Architecture.DECODER)
                                + seq2seq * likelihood.applyAsDouble(Architecture.ENCODER_DECODER))
                        / (step + seq2seq);
        return Odds.of(story -> switch (story.architecture()) {
            case ENCODER, ENCODER_DECODER, DECODER, DIFFUSION -> likelihood.applyAsDouble(story.architecture());
            default -> average;
        });
    }

    private double stepShare(Architecture architecture, Story story) {
        return priors.share(architecture) * story.share("gemm");
    }
}
