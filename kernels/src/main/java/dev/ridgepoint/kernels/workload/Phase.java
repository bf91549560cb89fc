package dev.ridgepoint.kernels.workload;

/** How tokens arrive at a kernel. Whether attention is self or cross is an attribute, not a phase. */
public enum Phase {
    /** Every token at once, bidirectional or an encoder's: understanding. */
    ENCODE,
    /** A whole prompt at once into an empty cache. */
    PREFILL,
    /** A piece of a prompt after a cached prefix, whether a chunk or the next turn. */
    CHUNKED_PREFILL,
    /** One new token a sequence. */
    DECODE,
    /** A few drafted tokens a sequence, checked in one go. */
    SPEC_VERIFY,
    /** Prefill and decode in one batch. */
    MIXED_BATCH,
    /** One time step of a recurrent cell. */
    RECURRENT_STEP,
    /** One step of a diffusion model. */
    DENOISE,
    /** A generator's single pass: VAE, GAN, flow. */
    ONE_SHOT,
    /** A transform of weights, outside any request. */
    OFFLINE,
    /** A gradient of training: neither understanding nor generation. */
    TRAIN
}
