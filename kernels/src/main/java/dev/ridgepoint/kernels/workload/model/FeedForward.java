package dev.ridgepoint.kernels.workload.model;

import java.util.List;

/**
 * The two matrices after attention; a gated one computes gate and value in one product of twice the width.
 *
 * @param width inner width, of one branch
 * @param gated whether gate and value are two branches (GLU)
 */
record FeedForward(long width, boolean gated) {
    static FeedForward read(Fields fields) {
        return new FeedForward(fields.extent("ffn"), fields.flag("ffn_gated"));
    }

    FeedForward split(int devices) {
        return new FeedForward(Split.of("ffn", width, devices), gated);
    }

    List<Linear> projections(long hidden) {
        return List.of(Linear.of("up", gated ? 2 * width : width, hidden), Linear.of("down", hidden, width));
    }

    /** What both read. */
    List<StepInput> inputs(long rows, long hidden, long layers) {
        return List.of(
                new StepInput("quant_up", rows, hidden, layers), new StepInput("quant_down", rows, width, layers));
    }

    /** The matrices as checkpoints store them: gate and value apart, and alike. */
    List<Linear> stored(long hidden) {
        return List.of(Linear.of("up", width, hidden), Linear.of("down", hidden, width));
    }

    long parameters(long hidden) {
        return projections(hidden).stream().mapToLong(Linear::parameters).sum();
    }
}
