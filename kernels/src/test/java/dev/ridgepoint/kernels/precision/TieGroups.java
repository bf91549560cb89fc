package dev.ridgepoint.kernels.precision;

import java.util.SplittableRandom;

/**
 * Groups of 128 that hold 0, with most elements on ties of the group's own scale as stored, which fp16 has rounded; every other
 * lowest element makes the zero point a tie too.
 *
 * @param most the largest code
 * @param lowest the least power of two that a range is about
 * @param powers how many powers from there on
 */
record TieGroups(int most, int lowest, int powers) {
    private static final int GROUP = 128;

    float[] matrix(int rows, int cols, SplittableRandom random) {
        float[] values = new float[rows * cols];
        float lo = 0;
        float range = 1;
        float step = 1;
        for (int i = 0; i < values.length; i++) {
            int inGroup = i % cols % GROUP;
            if (inGroup == 0) {
                range = (float) ((1 + random.nextDouble()) * Math.pow(2, random.nextInt(powers) + lowest));
                step = FloatCodec.round(DType.FP16, range / most);
                lo = -step * (random.nextInt(most - 1) + random.nextInt(2) / 2f);
                values[i] = lo;
            } else if (inGroup == 1) {
                values[i] = lo + range;
            } else {
                float tie = (float) ((random.nextInt(most) + 0.5) * step) + lo;
                float value = random.nextInt(3) == 0 ? Math.nextUp(tie) : tie;
                values[i] = Math.min(value, lo + range);
            }
        }
        return values;
    }
}
