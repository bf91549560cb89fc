package dev.ridgepoint.kernels.workload;

/** Why the work is done. No property of a kernel: only context can tell. */
public enum TaskFamily {
    UNDERSTANDING,
    SEQ2SEQ,
    GENERATIVE_TEXT,
    GENERATIVE_MEDIA,
    NEUTRAL
}
