package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;

/**
 * A function of each row of a [rows, cols] matrix by itself, which gives a row as long. Every element needs a sum over its
 * row, so that no element is known before the row was read.
 *
 * @param function which one
 * @param rows tokens, or tokens times heads
 * @param cols elements of a row: hidden size, keys, words of a vocabulary
 */
public record RowShape(RowFunction function, long rows, long cols) implements Shape {
    public RowShape {
        Extents.positive("rows", rows);
        Extents.positive("cols", cols);
        Extents.product("rows*cols", rows, cols);
    }

    @Override
    public String op() {
        return function.id();
    }

    @Override
    public String id() {
        return function.id() + "_r" + rows + "_c" + cols;
    }

    /** The matrix is read and written once, and each parameter of the columns read once. */
    @Override
    public WorkModel work(Footprint bytes) {
        double elements = (double) rows * cols;
        double parameters = (double) function.parameters().size() * cols;
        return new WorkModel(
                function.flops() * elements,
                elements * bytes.activation() + parameters * bytes.weight(),
                elements * bytes.output());
    }
}
