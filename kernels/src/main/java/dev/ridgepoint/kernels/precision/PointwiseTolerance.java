package dev.ridgepoint.kernels.precision;

import dev.ridgepoint.kernels.shape.PointwiseProblem;

/**
 * How far a function of an element may be off that keeps fp32 until its last rounding. S of {@link Tolerance} is what a unit of
 * absolute error of the distribution or of the gate's function does: |x| of GELU, |value| of the gated one; a sum has none.
 * Functions are good to a few ulp (CUDA C++ Programming Guide, mathematical functions: erff 2, expf 2).
 */
final class PointwiseTolerance {
    private static final double U = DType.FP32.unitRoundoff();
    /** An error function near 1, its argument and the sum with 1: absolute, for the sum cancels where x is far below 0. */
    private static final double ERROR_FUNCTION = 8 * U;
    /** An exponential, a sum, a quotient and a product. */
    private static final double FUNCTION = 12 * U;
    /** An exponential that overflows makes a gate 0 that should be as small as this. */
    private static final double FLUSHED = 0x1p-118;

    private PointwiseTolerance() {}

    static Tolerance of(PointwiseProblem problem, Accumulator sums) {
        DType output = problem.precision().output();
        double floor = Math.max(0x1p-126, FloatCodec.smallestPositive(output) / 2.0);
        String rounded = ", result rounded to " + output;
        return switch (problem.shape().function()) {
            case ADD -> tolerance(0, U + output.unitRoundoff(), floor, sums, "one sum in fp32" + rounded);
            case GELU ->
                tolerance(ERROR_FUNCTION, 3 * U + output.unitRoundoff(), floor, sums, "erf to 2 ulp" + rounded);
            case SILU_MUL ->
                tolerance(FLUSHED, FUNCTION + output.unitRoundoff(), floor, sums, "exp to 2 ulp" + rounded);
        };
    }

    private static Tolerance tolerance(double perTerm, double relative, double floor, Accumulator sums, String source) {
        return new Tolerance(Tolerance.Kind.ELEMENTWISE, 0, perTerm, relative, floor, sums.patterned(), source);
    }
}
