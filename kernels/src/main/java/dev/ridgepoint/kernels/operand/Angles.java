package dev.ridgepoint.kernels.operand;

import java.nio.FloatBuffer;

/**
 * The table of angles that rows are turned by: of each position the cosines of all pairs, then their sines.
 *
 * @param positions rows of the table
 * @param rotaryDim elements that turn, two a pair
 */
record Angles(long positions, long rotaryDim) {
    /** The base of RoFormer's angles, position * base^(-2 pair / rotaryDim). */
    private static final double BASE = 10_000;

    TableOperand table() {
        long length = Sizes.product("cosSin", positions, rotaryDim);
        return new TableOperand("cosSin", length, "[positions, cosines and sines]", this::fill);
    }

    /** The same on every machine, hence StrictMath. */
    private void fill(FloatBuffer target) {
        int pairs = (int) rotaryDim / 2;
        double[] frequency = new double[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            frequency[pair] = StrictMath.pow(BASE, -pair / (double) pairs);
        }
        for (int position = 0; target.hasRemaining(); position++) {
            for (int pair = 0; pair < pairs; pair++) {
                target.put((float) StrictMath.cos(position * frequency[pair]));
            }
            for (int pair = 0; pair < pairs; pair++) {
                target.put((float) StrictMath.sin(position * frequency[pair]));
            }
        }
    }
}
