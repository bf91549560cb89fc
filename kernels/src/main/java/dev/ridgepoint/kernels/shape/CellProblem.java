package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;

/**
 * An LSTM cell whose every operand is of one plain type, as PyTorch keeps them, computed in fp32.
 *
 * @param precision fp32, fp16 or bf16
 */
public record CellProblem(CellShape shape, Precision precision) implements Problem {
    public CellProblem {
        if (!RowProblem.PRECISIONS.contains(precision)) {
            throw new IllegalArgumentException(
                    "precision: " + CellShape.OP + " reads and writes fp32, fp16 or bf16, not " + precision);
        }
    }

    @Override
    public String precisionId() {
        return precision.id();
    }

    /** Gates are computed on the vector units, in fp32. */
    @Override
    public DType compute() {
        return DType.FP32;
    }

    @Override
    public WorkModel work() {
        return shape.work(precision.footprint());
    }
}
