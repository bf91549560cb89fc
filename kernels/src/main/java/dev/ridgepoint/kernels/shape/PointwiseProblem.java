package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Precision;

/**
 * A function of elements that reads and writes one plain type.
 *
 * @param precision fp32, fp16 or bf16
 */
public record PointwiseProblem(PointwiseShape shape, Precision precision) implements PlainProblem {
    public PointwiseProblem {
        PlainProblem.check(precision, shape.op());
    }
}
