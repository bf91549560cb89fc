package dev.ridgepoint.kernels.operand;

/** Multiplies about one column in 64 by 32; which ones follows from the seed. */
final class OutlierChannels implements ValueStream {
    private static final int ONE_IN = 64;
    private static final float FACTOR = 32;
    /** Columns are drawn by numbers from here on, which no element's draw reaches. */
    private static final long COLUMN_DRAWS = 1L << 62;

    private final ValueStream values;
    private final CounterRandom random;
    private final long cols;

    OutlierChannels(ValueStream values, CounterRandom random, long cols) {
        this.values = values;
        this.random = random;
        this.cols = cols;
    }

    @Override
    public void fill(long first, float[] target, int count) {
        values.fill(first, target, count);
        for (int i = 0; i < count; i++) {
            if (random.below(ONE_IN, COLUMN_DRAWS + (first + i) % cols) == 0) {
                target[i] *= FACTOR;
            }
        }
    }
}
