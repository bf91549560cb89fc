package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;

/**
 * A function of elements that reads and writes one plain type.
 *
 * @param precision fp32, fp16 or bf16
 */
public record PointwiseProblem(PointwiseShape shape, Precision precision) implements Problem {
    public PointwiseProblem {
        if (!RowProblem.PRECISIONS.contains(precision)) {
            throw new IllegalArgumentException(
                    "precision: " + shape.op() + " reads and writes fp32, fp16 or bf16, not " + precision);
        }
    }

    @Override
    public String precisionId() {
        return precision.id();
    }

    /** Elements are computed on the vector units, in fp32. */
    @Override
    public DType compute() {
        return DType.FP32;
    }

    @Override
    public WorkModel work() {
        return shape.work(precision.footprint());
    }
}
