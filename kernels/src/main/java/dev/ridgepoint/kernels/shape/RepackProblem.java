package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Int4Repacking;
import dev.ridgepoint.kernels.precision.QuantFormat;

/**
 * Four-bit weights from one layout of checkpoints to the other.
 *
 * @param from the layout they are in, which is also the precision's name
 */
public record RepackProblem(RepackShape shape, QuantFormat from) implements Problem {
    public RepackProblem {
        Int4Repacking.other(from);
    }

    /** The layout they are put in. */
    public QuantFormat to() {
        return Int4Repacking.other(from);
    }

    @Override
    public String precisionId() {
        return from.id();
    }

    /** There is nothing to compute; what moves bits are the vector units. */
    @Override
    public DType compute() {
        return DType.FP32;
    }

    @Override
    public WorkModel work() {
        double elements = (double) shape.rows() * shape.cols();
        double zeros = from.granularity().count(shape.rows(), shape.cols()) * from.zeroBits() / 8.0;
        double bytes = elements * from.element().bytes() + zeros;
        return new WorkModel(0, bytes, bytes);
    }
}
