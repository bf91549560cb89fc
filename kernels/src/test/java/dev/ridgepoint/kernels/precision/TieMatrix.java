package dev.ridgepoint.kernels.precision;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * A matrix made to find wrong quantisers: in every group one element is the largest, and most others lie on a tie of
 * that group's grid or next to one. Random values do not find a division where a multiplication is meant.
 *
 * <p>Which group an element belongs to is worked out here from the granularity's definition, on its own.
 *
 * @param groupOf group of every element
 * @param absMax largest magnitude of every group, as chosen
 */
record TieMatrix(int rows, int cols, float[] values, int[] groupOf, float[] absMax) {
    private static final float[] SPECIAL = {
        127, 448, 6, 1, 57344, 0x1.9p8f, 1e-3f, 1e-11f, 0, Float.MAX_VALUE, Float.MIN_NORMAL, 1e-40f, Float.MIN_VALUE
    };

    /**
     * @param midpoints ties of the code's grid, in units of the scale
     * @param scaleOf the scale of a group from its largest magnitude
     */
    static TieMatrix of(
            Granularity granularity, int rows, int cols, long seed, double[] midpoints, DoubleUnaryOperator scaleOf) {
        SplittableRandom random = new SplittableRandom(seed);
        int height = granularity.rows() == Granularity.ALL ? rows : granularity.rows();
        int width = granularity.cols() == Granularity.ALL ? cols : granularity.cols();
        int across = (int) Math.ceil(cols / (double) width);
        int groups = across * (int) Math.ceil(rows / (double) height);
        float[] absMax = new float[groups];
        for (int g = 0; g < groups; g++) {
            boolean special = random.nextInt(4) == 0;
            absMax[g] = special
                    ? SPECIAL[random.nextInt(SPECIAL.length)]
                    : (float) ((1 + random.nextDouble()) * Math.pow(2, random.nextInt(40) - 20));
        }
        float[] values = new float[rows * cols];
        int[] groupOf = new int[values.length];
        boolean[] hasMax = new boolean[groups];
        for (int i = 0; i < values.length; i++) {
            int group = i / cols / height * across + i % cols / width;
            groupOf[i] = group;
            float max = absMax[group];
            float sign = random.nextBoolean() ? 1 : -1;
            values[i] = hasMax[group] ? sign * element(random, max, midpoints, scaleOf) : sign * max;
            hasMax[group] = true;
        }
        return new TieMatrix(rows, cols, values, groupOf, absMax);
    }

    private static float element(SplittableRandom random, float max, double[] midpoints, DoubleUnaryOperator scaleOf) {
        float tie = (float) (midpoints[random.nextInt(midpoints.length)] * scaleOf.applyAsDouble(max));
        float value = switch (random.nextInt(8)) {
            case 0 -> Math.nextUp(tie);
            case 1 -> Math.nextDown(tie);
            case 2 -> (float) (random.nextDouble() * max);
            case 3 -> 0;
            default -> tie;
        };
        return Math.abs(value) <= max ? value : max;
    }

    /** fp32 multiplication by way of double, where the product is exact. */
    static float mul(double a, double b) {
        return (float) (a * b);
    }

    /** fp32 division by way of double, whose extra bits make the second rounding harmless. */
    static float div(double a, double b) {
        return (float) (a / b);
    }
}
