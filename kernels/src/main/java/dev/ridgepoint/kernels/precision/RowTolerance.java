package dev.ridgepoint.kernels.precision;

import dev.ridgepoint.kernels.shape.RowProblem;

/**
 * How far a function of rows may be off that keeps fp32 until its last rounding. S of {@link Tolerance} is then no sum of
 * terms but what a unit of error in something subtracted does to an element, so its certain bound alone is used:
 *
 * <ul>
 *   <li>softmax: errors of an exponent d = max - x are relative errors of its exponential: rounding the difference, its
 *       product with log2 e, and that constant, 3 u d. S is y times d and the mean of d under y, which is what the
 *       denominator's exponents do.
 *   <li>rmsnorm: half of what the sum of squares is off, and no S: nothing is subtracted.
 *   <li>layernorm: the mean is off by its sum's growth, and S is what that does after scaling: |w| / deviation times the
 *       mean of |x|, and times |x - mean| for everything relative.
 * </ul>
 *
 * Reciprocal square roots, exponentials and quotients are good to 2 ulp (CUDA C++ Programming Guide, mathematical
 * functions).
 */
final class RowTolerance {
    private static final double U = DType.FP32.unitRoundoff();
    /** Two units in the last place. */
    private static final double FUNCTION = 4 * U;
    /** A flushed element times up to 1 / sqrt(EPSILON) = 316 and its weight. */
    private static final double FLUSHED = 0x1p-116;

    private RowTolerance() {}

    static Tolerance of(RowProblem problem, Accumulator sums) {
        long cols = problem.shape().cols();
        double growth = sums.growth(cols);
        String summed = cols + " terms summed in " + sums.id();
        return switch (problem.shape().function()) {
            case SOFTMAX ->
                tolerance(
                        problem,
                        sums,
                        0,
                        3 * U,
                        growth + 2 * FUNCTION + Tolerance.EPILOGUE,
                        "exponents of max - x to 3 u, exp to 2 ulp, " + summed);
            case RMSNORM ->
                tolerance(problem, sums, 0, 0, growth / 2 + FUNCTION + Tolerance.EPILOGUE, summed + ", rsqrt to 2 ulp");
            case LAYERNORM ->
                tolerance(
                        problem,
                        sums,
                        growth,
                        FUNCTION + Tolerance.EPILOGUE,
                        U,
                        "mean and variance of " + summed + ", rsqrt to 2 ulp");
        };
    }

    private static Tolerance tolerance(
            RowProblem problem, Accumulator sums, double value, double perTerm, double relative, String source) {
        DType output = problem.precision().output();
        return new Tolerance(
                Tolerance.Kind.ELEMENTWISE,
                value,
                perTerm,
                relative + output.unitRoundoff(),
                Math.max(FLUSHED, FloatCodec.smallestPositive(output) / 2.0),
                sums.patterned(),
                source + (sums.patterned() ? " in any pattern" : "") + ", result rounded to " + output
                        + " (Higham and Mary 2019)");
    }
}
