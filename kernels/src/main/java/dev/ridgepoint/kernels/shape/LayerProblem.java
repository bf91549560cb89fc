package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;

/**
 * A transformer layer whose every buffer is of one plain type.
 *
 * @param precision fp32, fp16 or bf16
 */
public record LayerProblem(LayerShape shape, Precision precision) implements Problem {
    public LayerProblem {
        if (!PlainProblem.PRECISIONS.contains(precision)) {
            throw new IllegalArgumentException("precision: a layer is fp32, fp16 or bf16 throughout, not " + precision);
        }
    }

    @Override
    public String precisionId() {
        return precision.id();
    }

    /** Its products outweigh the rest. */
    @Override
    public DType compute() {
        return precision.compute();
    }

    @Override
    public WorkModel work() {
        return shape.work(precision.footprint());
    }
}
