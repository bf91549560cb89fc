package dev.ridgepoint.kernels.operand;

import java.nio.FloatBuffer;

/**
 * The angles that positions turn pairs by: position * base^(-2 pair / rotaryDim), as fp32 cosines of a position's angles and
 * then their sines.
 */
final class Angles {
    /** Positions a sequence may be moved by. */
    static final int SHIFTS = 1000;
    /** The base of RoFormer's angles. */
    private static final double BASE = 10_000;

    private final int pairs;

    private Angles(int pairs) {
        this.pairs = pairs;
    }

    /** Of positions up to {@code length} moved by {@link #SHIFTS}. */
    static TableOperand table(long length, long rotaryDim) {
        long elements = Sizes.product("cosSin", Sizes.sum("cosSin", length, SHIFTS), rotaryDim);
        return new TableOperand(
                "cosSin", elements, "[positions, cosines and sines]", new Angles((int) rotaryDim / 2)::fill);
    }

    /** The same on every machine, hence StrictMath. */
    private void fill(FloatBuffer target) {
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
