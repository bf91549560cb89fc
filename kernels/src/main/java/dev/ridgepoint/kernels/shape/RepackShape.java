package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;

/**
 * Codes and zero points of a weight [rows, cols] are put where another layout has them; no value changes. Scales lie in the same
 * places in both and are not touched.
 *
 * @param rows output channels
 * @param cols input channels, along which groups share a scale
 */
public record RepackShape(long rows, long cols) implements Shape {
    /** The operation's name. */
    public static final String OP = "repack";

    public RepackShape {
        Extents.positive("rows", rows);
        Extents.positive("cols", cols);
        Extents.product("rows*cols", rows, cols);
    }

    @Override
    public String op() {
        return OP;
    }

    @Override
    public String id() {
        return OP + "_r" + rows + "_c" + cols;
    }

    /** Codes once each way; zero points, which only a format knows of, are {@link RepackProblem}'s to add. */
    @Override
    public WorkModel work(Footprint bytes) {
        double codes = (double) rows * cols * bytes.weight();
        return new WorkModel(0, codes, codes);
    }
}
