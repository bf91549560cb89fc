package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Sample.RowClass;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.RowProblem;
import dev.ridgepoint.kernels.shape.RowShape;

/**
 * The ladder for functions of rows: every row up to 2^24 elements; above, the first row, the last and rows drawn by the seed,
 * all of each, because none of a row is known before the whole of it.
 */
final class RowExpectation {
    private RowExpectation() {}

    static ToleranceExpectation of(RowProblem problem, OperandSet operands, long fullLimit) {
        RowShape shape = problem.shape();
        Tolerance tolerance = operands.tolerance();
        DecodedMatrix x = DecodedMatrix.of(operands, "x");
        float[] w = parameter(shape, operands, "w");
        float[] b = parameter(shape, operands, "b");
        Sample sample = Sample.rows(x.rows(), x.cols(), fullLimit, operands.seed());
        ToleranceValues values = new ToleranceValues(Math.toIntExact(sample.count()), tolerance);
        for (int row = 0; row < x.rows(); row++) {
            if (sample.classOf(row) == RowClass.ALL) {
                RowOracle expected = RowOracle.of(shape.function(), x.rows(0, row, 1), w, b, tolerance.value());
                for (int col = 0; col < x.cols(); col++) {
                    values.add(expected.y()[col], expected.sensitivity()[col]);
                }
            }
        }
        return values.expect("y", problem.precision().output(), sample);
    }

    private static float[] parameter(RowShape shape, OperandSet operands, String name) {
        return shape.function().parameters().contains(name)
                ? DecodedMatrix.of(operands, name).rows(0, 0, 1)
                : null;
    }
}
