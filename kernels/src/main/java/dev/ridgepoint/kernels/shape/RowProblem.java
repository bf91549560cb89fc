package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import java.util.List;

/**
 * A function of rows that reads and writes one plain type.
 *
 * @param shape function and extents
 * @param precision fp32, fp16 or bf16: type of x, of the parameters and of y
 */
public record RowProblem(RowShape shape, Precision precision) implements Problem {
    /** The types it reads and writes. */
    public static final List<Precision> PRECISIONS = List.of(Precision.FP32, Precision.FP16, Precision.BF16);

    public RowProblem {
        if (!PRECISIONS.contains(precision)) {
            throw new IllegalArgumentException(
                    "precision: " + shape.op() + " reads and writes fp32, fp16 or bf16, not " + precision);
        }
    }

    @Override
    public String precisionId() {
        return precision.id();
    }

    /** Rows are computed on the vector units, in fp32. */
    @Override
    public DType compute() {
        return DType.FP32;
    }

    @Override
    public WorkModel work() {
        return shape.work(precision.footprint());
    }
}
