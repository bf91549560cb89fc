package dev.ridgepoint.kernels.precision;

import dev.ridgepoint.kernels.shape.CellProblem;

/**
 * How far an LSTM cell may be off that keeps fp32 until its last roundings. S of {@link Tolerance} is what an error of one
 * unit in every sum, function and product along the way does to an element ({@code CellOracle} adds it up), and a unit here is
 * five of fp32's: two sums a gate, the exponent's product and constant, and the exponential or quotient around it.
 */
final class CellTolerance {
    private static final double STEP = 5 * DType.FP32.unitRoundoff();
    /** Denormals may be flushed on the way. */
    private static final double FLUSHED = 0x1p-124;

    private CellTolerance() {}

    static Tolerance of(CellProblem problem, Accumulator sums) {
        DType output = problem.precision().output();
        return new Tolerance(
                Tolerance.Kind.ELEMENTWISE,
                0,
                STEP,
                output.unitRoundoff(),
                Math.max(FLUSHED, FloatCodec.smallestPositive(output) / 2.0),
                sums.patterned(),
                "gates summed in fp32, exp and tanh to 2 ulp, state rounded to " + output
                        + " (CUDA C++ Programming Guide, mathematical functions)");
    }
}
