package dev.ridgepoint.kernels.workload.model;

/**
 * An operation of one trip through the whole model, and how many of its layers run it.
 *
 * @param op the operation
 * @param times layers that run it, at least 1
 */
public record StepPart(LayerOp op, long times) {
    public StepPart {
        if (times < 1) {
            throw new IllegalArgumentException("times: expected 1 or more, got " + times);
        }
    }
}
