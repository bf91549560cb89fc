package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Precision;

/**
 * A function of rows that reads and writes one plain type.
 *
 * @param shape function and extents
 * @param precision fp32, fp16 or bf16: type of x, of the parameters and of y
 */
public record RowProblem(RowShape shape, Precision precision) implements PlainProblem {
    public RowProblem {
        PlainProblem.check(precision, shape.op());
    }
}
