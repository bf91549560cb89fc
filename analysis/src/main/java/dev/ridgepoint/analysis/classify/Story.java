package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Architecture.DECODER;
import static dev.ridgepoint.analysis.classify.Architecture.DIFFUSION;
import static dev.ridgepoint.analysis.classify.Architecture.ENCODER;
import static dev.ridgepoint.analysis.classify.Architecture.ENCODER_DECODER;
import static dev.ridgepoint.analysis.classify.Architecture.GENERATOR;
import static dev.ridgepoint.analysis.classify.Architecture.NO_REQUEST;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.WorkloadClass;

/**
 * One way a descriptor can come about: a kind of model doing one thing. The classifier's hypotheses.
 *
 * <p>The three shares are the prior: of all GEMMs (attentions, quantisations) of that architecture, how many are of
 * this story. Within an architecture they sum to one for each operation it has.
 */
public enum Story {
    ENCODER_PASS(ENCODER, Phase.ENCODE, "an encoder's pass over all its tokens", .925, 1, .96),
    ENCODER_HEAD(ENCODER, Phase.ENCODE, "an encoder's head on one pooled token", .075, 0, .04),
    SEQ2SEQ_ENCODE(ENCODER_DECODER, Phase.ENCODE, "the encoder side of an encoder-decoder", .45, .40, .6),
    SEQ2SEQ_STEP(ENCODER_DECODER, Phase.DECODE, "a decoding step of an encoder-decoder", .55, .60, .4),
    PROMPT(DECODER, Phase.PREFILL, "the prefill of whole prompts", .298, .33, .42),
    LAST_TOKEN_HEAD(DECODER, Phase.PREFILL, "the vocabulary head on each prompt's last token", .012, 0, 0),
    CHUNK(DECODER, Phase.CHUNKED_PREFILL, "a chunk of prefill or a further turn", .06, .09, .04),
    STEP(DECODER, Phase.DECODE, "a decoding step", .51, .45, .46),
    VERIFY(DECODER, Phase.SPEC_VERIFY, "the verification of drafted tokens", .06, .08, .03),
    HYBRID(DECODER, Phase.MIXED_BATCH, "prefill and decode in one batch", .06, .05, .05),
    DENOISE(DIFFUSION, Phase.DENOISE, "a diffusion step", 1, 1, 1),
    GENERATOR_MAP(GENERATOR, Phase.ONE_SHOT, "a generator's pass over pixels", .4, 1, .5),
    GENERATOR_DENSE(GENERATOR, Phase.ONE_SHOT, "a dense layer of a generator", .6, 0, .5),
    RNN_INPUT(Architecture.RNN, Phase.ENCODE, "a recurrent layer's input projection, all steps at once", .3, 0, .9),
    RNN_STEP(Architecture.RNN, Phase.RECURRENT_STEP, "a time step of a recurrent cell", .7, 0, .1),
    RNN_SEQ2SEQ_INPUT(Architecture.RNN_SEQ2SEQ, Phase.ENCODE, "a recurrent translator's input projection", .3, 0, .9),
    RNN_SEQ2SEQ_STEP(
            Architecture.RNN_SEQ2SEQ, Phase.RECURRENT_STEP, "a time step of a recurrent translator", .7, 0, .1),
    WEIGHT_TRANSFORM(NO_REQUEST, Phase.OFFLINE, "a transform of weights outside any request", 0, 0, .98),
    GRADIENT(NO_REQUEST, Phase.TRAIN, "a gradient of training", 1, 1, .02);

    private final Architecture architecture;
    private final Phase phase;
    private final String words;
    private final double gemmShare;
    private final double attentionShare;
    private final double quantizeShare;

    Story(
            Architecture architecture,
            Phase phase,
            String words,
            double gemmShare,
            double attentionShare,
            double quantizeShare) {
        this.architecture = architecture;
        this.phase = phase;
        this.words = words;
        this.gemmShare = gemmShare;
        this.attentionShare = attentionShare;
        this.quantizeShare = quantizeShare;
    }

    public Architecture architecture() {
        return architecture;
    }

    public Phase phase() {
        return phase;
    }

    public WorkloadClass workloadClass() {
        return WorkloadClass.of(phase, architecture.family());
    }

    /** With its article, for sentences. */
    public String words() {
        return words;
    }

    /** Whether it sees one vector a sequence, in a phase that elsewhere sees many. */
    boolean isHead() {
        return this == ENCODER_HEAD || this == LAST_TOKEN_HEAD || this == GENERATOR_DENSE;
    }

    /** Whether its phase also has a story of heads. */
    boolean mayBeHead() {
        return (phase == Phase.ENCODE && architecture == ENCODER) || phase == Phase.PREFILL || phase == Phase.ONE_SHOT;
    }

    /** How many of an architecture's kernels of this operation are of this story. */
    double share(String op) {
        return switch (op) {
            case "gemm" -> gemmShare;
            case "attention" -> attentionShare;
            default -> quantizeShare;
        };
    }
}
