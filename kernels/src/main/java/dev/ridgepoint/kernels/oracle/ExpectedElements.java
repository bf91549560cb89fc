package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.precision.Tolerance;
import java.util.Arrays;

/** What the elements of a sample should be, and how far they may be off. */
final class ExpectedElements {
    private final Sample sample;
    private final double[] values;
    private final float[] allowed;
    private final int[] firstOfRow;

    private ExpectedElements(Sample sample, double[] values, float[] allowed) {
        this.sample = sample;
        this.values = values;
        this.allowed = allowed;
        this.firstOfRow = new int[sample.rows()];
        int first = 0;
        for (int row = 0; row < firstOfRow.length; row++) {
            firstOfRow[row] = first;
            first += sample.colsOf(row).length;
        }
    }

    /** Expectations to be filled in by {@link #set}. */
    static ExpectedElements empty(Sample sample) {
        int count = Math.toIntExact(sample.count());
        return new ExpectedElements(sample, new double[count], new float[count]);
    }

    static ExpectedElements of(Sample sample, double[] values, float[] allowed) {
        return new ExpectedElements(sample, values, allowed);
    }

    Sample sample() {
        return sample;
    }

    /** Sets the element at the {@code nth} compared column of a row, from the oracle's sum and its terms. */
    void set(int row, int nth, Tolerance tolerance, double sum, double absSum, double squares) {
        set(row, nth, sum, distance(tolerance, sum, absSum, squares));
    }

    /** Sets it to a value and how far it may be off. */
    void set(int row, int nth, double value, double distance) {
        int at = firstOfRow[row] + nth;
        values[at] = value;
        allowed[at] = Math.nextUp((float) distance);
    }

    /** How far an output may lie from the sum of its terms, as it is compared. */
    static float allowed(Tolerance tolerance, double sum, double absSum, double squares) {
        return Math.nextUp((float) distance(tolerance, sum, absSum, squares));
    }

    /** How far a sum may be off that has such terms. */
    static double distance(Tolerance tolerance, double sum, double absSum, double squares) {
        return tolerance.patterned()
                ? tolerance.allowed(sum, absSum)
                : tolerance.allowed(sum, absSum, Math.sqrt(squares));
    }

    double value(int row, int nth) {
        return values[firstOfRow[row] + nth];
    }

    float allowed(int row, int nth) {
        return allowed[firstOfRow[row] + nth];
    }

    double[] values() {
        return values;
    }

    float[] allowed() {
        return allowed;
    }

    /** Root mean square of the finite ones: the size of a typical output. */
    double rms() {
        return Math.sqrt(Arrays.stream(values)
                .filter(Double::isFinite)
                .map(value -> value * value)
                .average()
                .orElse(0));
    }

    /** Magnitude of the largest finite one. */
    double largest() {
        return Arrays.stream(values)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
    }
}
