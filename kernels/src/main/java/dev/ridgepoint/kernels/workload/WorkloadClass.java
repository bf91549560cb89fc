package dev.ridgepoint.kernels.workload;

/** The headline, derived from phase and family and never from what limits the kernel. */
public enum WorkloadClass {
    UNDERSTANDING,
    GENERATIVE_DECODE,
    GENERATIVE_PARALLEL,
    MIXED,
    INDETERMINATE;

    /** The class of a phase; a recurrent step is what its family makes it. */
    public static WorkloadClass of(Phase phase, TaskFamily family) {
        return switch (phase) {
            case ENCODE, PREFILL, CHUNKED_PREFILL -> UNDERSTANDING;
            case DECODE, SPEC_VERIFY -> GENERATIVE_DECODE;
            case DENOISE, ONE_SHOT -> GENERATIVE_PARALLEL;
            case MIXED_BATCH -> MIXED;
            case RECURRENT_STEP -> ofRecurrent(family);
            case OFFLINE, TRAIN -> INDETERMINATE;
        };
    }

    private static WorkloadClass ofRecurrent(TaskFamily family) {
        return switch (family) {
            case UNDERSTANDING -> UNDERSTANDING;
            case SEQ2SEQ, GENERATIVE_TEXT -> GENERATIVE_DECODE;
            case GENERATIVE_MEDIA -> GENERATIVE_PARALLEL;
            case NEUTRAL -> INDETERMINATE;
        };
    }
}
