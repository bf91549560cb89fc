package dev.ridgepoint.device;

/** How CUDA's memory model is read where a device looks for races. */
public enum RaceReading {
    /** To the letter, which published kernels with right results do not always keep. */
    TO_THE_LETTER,
    /** As CUDA's programmers rely on it: with the idioms of NVIDIA's guide and of much-used kernels. */
    AS_RELIED_ON
}
