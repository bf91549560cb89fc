package dev.ridgepoint.kernels.precision;

import dev.ridgepoint.kernels.shape.LayerProblem;

/**
 * How far a layer's result may lie from the layer composed in double. It is no bound on rounding but on everything that rounds
 * between x and y, some ten buffers of the layer's type: {@code ROUNDINGS} units of an element and of S, which is the root mean
 * square of its row times what a softmax over its largest score does to errors of scores. What a single step may be off is
 * held to the step's own tolerance, which is far narrower.
 */
public final class LayerTolerance {
    /** Unit roundoffs of the type: four standard deviations of ten roundings, each spread evenly. */
    private static final double ROUNDINGS = 8;
    /** Scores up to here add nothing: errors of scores are theirs times a unit, of both factors. */
    private static final double USUAL_SCORE = 4;

    private LayerTolerance() {}

    static Tolerance of(LayerProblem problem, Accumulator sums) {
        DType type = problem.precision().output();
        double unit = type.unitRoundoff() + sums.growth(problem.shape().ffn());
        return new Tolerance(
                Tolerance.Kind.ELEMENTWISE,
                0,
                ROUNDINGS * unit,
                ROUNDINGS * unit,
                FloatCodec.smallestPositive(type),
                sums.patterned(),
                "each step within its own tolerance on the inputs it had; the whole within " + (int) ROUNDINGS
                        + " roundings to " + type + " of an element and of its row, more where scores are large");
    }

    /** S of an element: the size of its row, and how much softmax enlarges errors of scores. */
    public static double sensitivity(double rootMeanSquare, double largestScore) {
        return rootMeanSquare * (1 + Math.max(0, largestScore) / USUAL_SCORE);
    }
}
