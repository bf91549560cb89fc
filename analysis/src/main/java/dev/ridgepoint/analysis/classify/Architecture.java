package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.Map;
import java.util.Optional;

/** What kind of model runs a kernel: the hidden cause behind widths, heads and lengths. */
public enum Architecture {
    ENCODER(TaskFamily.UNDERSTANDING, "an encoder"),
    ENCODER_DECODER(TaskFamily.SEQ2SEQ, "an encoder-decoder"),
    DECODER(TaskFamily.GENERATIVE_TEXT, "a decoder"),
    DIFFUSION(TaskFamily.GENERATIVE_MEDIA, "a diffusion model"),
    GENERATOR(TaskFamily.GENERATIVE_MEDIA, "a VAE or GAN"),
    RNN(TaskFamily.UNDERSTANDING, "a recurrent network"),
    RNN_SEQ2SEQ(TaskFamily.SEQ2SEQ, "a recurrent translator"),
    /** Not a request's work: weight transforms and gradients, whatever the model. */
    NO_REQUEST(TaskFamily.NEUTRAL, "no request");

    private static final Map<String, Architecture> BY_CLASS = Map.ofEntries(
            Map.entry("encoder", ENCODER),
            Map.entry("encoder-decoder", ENCODER_DECODER),
            Map.entry("decoder", DECODER),
            Map.entry("diffusion-unet", DIFFUSION),
            Map.entry("diffusion-transformer", DIFFUSION),
            Map.entry("flow", GENERATOR),
            Map.entry("vae", GENERATOR),
            Map.entry("gan", GENERATOR),
            Map.entry("rnn", RNN),
            Map.entry("rnn-seq2seq", RNN_SEQ2SEQ));

    private final TaskFamily family;
    private final String words;

    Architecture(TaskFamily family, String words) {
        this.family = family;
        this.words = words;
    }

    /** Why such a model usually runs. */
    public TaskFamily family() {
        return family;
    }

    /** With its article, for sentences. */
    public String words() {
        return words;
    }

    /** The architecture the catalogue calls {@code cls}; empty for a name it does not use. */
    public static Optional<Architecture> ofClass(String cls) {
        return Optional.ofNullable(BY_CLASS.get(cls));
    }
}
