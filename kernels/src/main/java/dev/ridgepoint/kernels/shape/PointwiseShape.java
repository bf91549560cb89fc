package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;

/**
 * A function of every element of a matrix by itself.
 *
 * @param function which one
 * @param rows tokens
 * @param cols elements of a row of the result
 */
public record PointwiseShape(PointwiseFunction function, long rows, long cols) implements Shape {
    /** The operation's name. */
    public static final String OP = "pointwise";

    public PointwiseShape {
        Extents.positive("rows", rows);
        Extents.positive("cols", cols);
        Extents.product("rows*cols", rows, cols, function.inputs());
    }

    @Override
    public String op() {
        return OP;
    }

    @Override
    public String id() {
        return function + "_r" + rows + "_c" + cols;
    }

    @Override
    public WorkModel work(Footprint bytes) {
        double elements = (double) rows * cols;
        return new WorkModel(
                function.flops() * elements,
                function.inputs() * elements * bytes.activation(),
                elements * bytes.output());
    }
}
