package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.PointwiseProblem;

/** Functions of elements in double, as their formulas stand: the whole matrix up to the elements {@link Sample#rows} keeps. */
final class PointwiseExpectation {
    private PointwiseExpectation() {}

    static ToleranceExpectation of(PointwiseProblem problem, OperandSet operands, long fullLimit) {
        Tolerance tolerance = operands.tolerance();
        DecodedMatrix x = DecodedMatrix.of(operands, "x");
        int cols = Math.toIntExact(problem.shape().cols());
        Sample sample = Sample.rows(x.rows(), cols, fullLimit, operands.seed());
        ToleranceValues values = new ToleranceValues(Math.toIntExact(sample.count()), tolerance);
        for (int row = 0; row < x.rows(); row++) {
            if (sample.classOf(row) == Sample.RowClass.ALL) {
                float[] left = x.rows(0, row, 1);
                switch (problem.shape().function()) {
                    case ADD -> add(left, DecodedMatrix.of(operands, "r").rows(0, row, 1), values);
                    case GELU -> gelu(left, values);
                    case SILU_MUL -> siluMul(left, values);
                }
            }
        }
        return values.expect("y", problem.precision().output(), sample);
    }

    private static void add(float[] x, float[] r, ToleranceValues values) {
        for (int col = 0; col < x.length; col++) {
            values.add((double) x[col] + r[col], 0);
        }
    }

    private static void gelu(float[] x, ToleranceValues values) {
        for (float value : x) {
            values.add(value * Gauss.upTo(value), Math.abs(value));
        }
    }

    private static void siluMul(float[] gatesAndValues, ToleranceValues values) {
        int cols = gatesAndValues.length / 2;
        for (int col = 0; col < cols; col++) {
            double gate = gatesAndValues[col];
            double value = gatesAndValues[cols + col];
            values.add(gate / (1 + Math.exp(-gate)) * value, Math.abs(value));
        }
    }
}
