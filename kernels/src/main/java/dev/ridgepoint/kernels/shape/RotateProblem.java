package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Precision;

/**
 * Turning rows of one plain type.
 *
 * @param precision fp32, fp16 or bf16
 */
public record RotateProblem(RotateShape shape, Precision precision) implements PlainProblem {
    public RotateProblem {
        PlainProblem.check(precision, shape.op());
    }
}
