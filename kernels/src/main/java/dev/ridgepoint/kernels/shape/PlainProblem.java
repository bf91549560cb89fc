package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import java.util.List;

/** A problem whose every operand is of one plain type, and which the vector units compute in fp32. */
public sealed interface PlainProblem extends Problem permits RowProblem, CellProblem, PointwiseProblem, RotateProblem {
    /** The types there are. */
    List<Precision> PRECISIONS = List.of(Precision.FP32, Precision.FP16, Precision.BF16);

    Precision precision();

    @Override
    default String precisionId() {
        return precision().id();
    }

    @Override
    default DType compute() {
        return DType.FP32;
    }

    @Override
    default WorkModel work() {
        return shape().work(precision().footprint());
    }

    /** Refuses other types for an operation. */
    static void check(Precision precision, String op) {
        if (!PRECISIONS.contains(precision)) {
            throw new IllegalArgumentException(
                    "precision: " + op + " reads and writes fp32, fp16 or bf16, not " + precision);
        }
    }
}
