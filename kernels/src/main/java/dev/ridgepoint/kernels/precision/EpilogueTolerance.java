package dev.ridgepoint.kernels.precision;

import dev.ridgepoint.kernels.shape.Problem.GemmProblem;

/**
 * How far f(z) may be off where z is a product and its bias, kept in fp32: what z's own error does to it, so many fp32 units
 * for computing it, and the output's rounding. {@code Activation} of the oracle knows slopes and units.
 *
 * @param argument of z
 * @param rounding of the output, relative
 * @param floor absolute error
 */
public record EpilogueTolerance(Tolerance argument, double rounding, double floor) {
    private static final double U = DType.FP32.unitRoundoff();
    /** exp(-z) overflows from 88.7 on, where z divided by it is still as large as this; many kernels make it zero. */
    private static final double FLUSHED = 0x1p-120;

    /**
     * Of a problem whose epilogue bends.
     *
     * @param result what {@link Tolerance} says of the problem, in its source and of its sums
     */
    public static EpilogueTolerance of(GemmProblem problem, Tolerance result) {
        DType output = problem.precision().output();
        return new EpilogueTolerance(
                result.keptIn(DType.FP32, output),
                output.unitRoundoff(),
                Math.max(FLUSHED, FloatCodec.smallestPositive(output) / 2.0));
    }

    /**
     * Allowed distance of f(z).
     *
     * @param value f(z)
     * @param moved how far the allowed error of z moves it
     * @param units fp32 units of computing it
     */
    public double allowed(double value, double moved, double units) {
        return moved + units * U + rounding * Math.abs(value) + floor;
    }
}
