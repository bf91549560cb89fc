package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Precision;

/**
 * An LSTM cell whose every operand is of one plain type, as PyTorch keeps them, computed in fp32.
 *
 * @param precision fp32, fp16 or bf16
 */
public record CellProblem(CellShape shape, Precision precision) implements PlainProblem {
    public CellProblem {
        PlainProblem.check(precision, CellShape.OP);
    }
}
