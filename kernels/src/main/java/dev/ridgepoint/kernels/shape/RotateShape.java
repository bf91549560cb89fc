package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;

/**
 * Rows are turned by their tokens' positions and stay where they are: queries, whose keys {@link AppendShape} turns on their way
 * to the cache.
 *
 * @param tokens tokens, each with a position
 * @param heads rows of a token
 * @param headDim elements of a row
 * @param rotary which elements are pairs
 * @param rotaryDim how many elements of a row turn, the first; even
 * @param positions rows of the table of angles
 */
public record RotateShape(long tokens, long heads, long headDim, Rotary rotary, long rotaryDim, long positions)
        implements Shape {
    /** The operation's name. */
    public static final String OP = "rotate";

    public RotateShape {
        Extents.positive("tokens", tokens);
        Extents.positive("Hq", heads);
        Extents.positive("D", headDim);
        Extents.positive("positions", positions);
        Extents.product("tokens*Hq*D", tokens, heads, headDim);
        Extents.product("positions*rotary_dim", positions, headDim);
        rotary.check(rotaryDim, headDim);
        if (rotary == Rotary.NONE) {
            throw new IllegalArgumentException("rotary: to turn nothing is no operation");
        }
    }

    @Override
    public String op() {
        return OP;
    }

    @Override
    public String id() {
        return OP + "_" + rotary + "_t" + tokens + "_h" + heads + "_d" + headDim + "_p" + positions
                + (rotaryDim == headDim ? "" : "_rot" + rotaryDim);
    }

    /** Each token reads its row of the table, for no two need stand at one position. */
    @Override
    public WorkModel work(Footprint bytes) {
        double elements = (double) tokens * heads * headDim;
        return new WorkModel(
                Rope.FLOPS * tokens * heads * rotaryDim,
                elements * bytes.activation() + tokens * (rotaryDim + 1) * 4.0,
                elements * bytes.output());
    }
}
