package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Tolerance;

/** Expected elements and what they are allowed by the certain bound, one after the other. */
final class ToleranceValues {
    private final Tolerance tolerance;
    private final double[] values;
    private final float[] allowed;
    private int count;

    ToleranceValues(int capacity, Tolerance tolerance) {
        this.tolerance = tolerance;
        this.values = new double[capacity];
        this.allowed = new float[capacity];
    }

    /**
     * The next element; what is not finite is met by itself alone.
     *
     * @param sensitivity S of {@link Tolerance}
     */
    void add(double expected, double sensitivity) {
        values[count] = expected;
        allowed[count] = Double.isFinite(expected) ? Math.nextUp((float) tolerance.allowed(expected, sensitivity)) : 0;
        count++;
    }

    ToleranceExpectation expect(String output, DType type, Sample sample) {
        return new ToleranceExpectation(
                new ToleranceExpectation.Output(output, type, 1),
                ScoreTolerance.same(tolerance),
                ExpectedElements.of(sample, values, allowed),
                null);
    }
}
