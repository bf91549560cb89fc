package dev.ridgepoint.analysis.tensor;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What a tensor holds, found in one pass: also what formats with scales beyond a row must know before the first code. */
public final class TensorFacts {
    /** Below the exponent of the smallest subnormal. */
    private static final int LOWEST = -150;

    private final float[] columnAbsMax;
    private final long[] byExponent = new long[300];
    private long elements;
    private long nan;
    private long infinite;
    private long zeros;
    private float absMax;
    private float low = Float.POSITIVE_INFINITY;
    private float high = Float.NEGATIVE_INFINITY;
    private double sum;
    private double squares;

    private TensorFacts(int cols) {
        this.columnAbsMax = new float[cols];
    }

    static TensorFacts of(Tensor tensor) throws IOException {
        TensorFacts facts = new TensorFacts(tensor.cols());
        tensor.read((firstRow, rows, values) -> facts.add(values, rows));
        return facts;
    }

    private void add(float[] values, int rows) {
        int cols = columnAbsMax.length;
        double chunkSum = 0;
        double chunkSquares = 0;
        for (int i = 0, col = 0; i < rows * cols; i++, col = col + 1 == cols ? 0 : col + 1) {
            float value = values[i];
            float magnitude = Math.abs(value);
            // As the codecs have it: NaN passes, an infinity does not.
            columnAbsMax[col] = magnitude > columnAbsMax[col] ? magnitude : columnAbsMax[col];
            absMax = magnitude > absMax ? magnitude : absMax;
            if (Float.isNaN(value)) {
                nan++;
            } else if (Float.isInfinite(value)) {
                infinite++;
            } else {
                low = Math.min(low, value);
                high = Math.max(high, value);
                chunkSum += value;
                chunkSquares += (double) value * value;
                if (value == 0) {
                    zeros++;
                } else {
                    byExponent[exponent(magnitude) - LOWEST]++;
                }
            }
        }
        elements += (long) rows * cols;
        sum += chunkSum;
        squares += chunkSquares;
    }

    /** Of the power of two at or below it, subnormals counted as what they are. */
    private static int exponent(float magnitude) {
        return magnitude < Float.MIN_NORMAL ? Math.getExponent(magnitude * 0x1p24f) - 24 : Math.getExponent(magnitude);
    }

    public long elements() {
        return elements;
    }

    public long nan() {
        return nan;
    }

    public long infinite() {
        return infinite;
    }

    public long zeros() {
        return zeros;
    }

    private long finite() {
        return elements - nan - infinite;
    }

    /** Of the finite elements; NaN where there are none. */
    public double low() {
        return finite() == 0 ? Double.NaN : low;
    }

    /** Of the finite elements; NaN where there are none. */
    public double high() {
        return finite() == 0 ? Double.NaN : high;
    }

    public double mean() {
        return finite() == 0 ? Double.NaN : sum / finite();
    }

    public double rms() {
        return finite() == 0 ? Double.NaN : Math.sqrt(squares / finite());
    }

    /** How many finite, non-zero elements have a magnitude from 2^e to below 2^(e+1), by e. */
    public Map<Integer, Long> histogram() {
        Map<Integer, Long> histogram = new TreeMap<>();
        for (int i = 0; i < byExponent.length; i++) {
            if (byExponent[i] > 0) {
                histogram.put(i + LOWEST, byExponent[i]);
            }
        }
        return histogram;
    }

    /** The largest magnitude, infinities counted. */
    float absMax() {
        return absMax;
    }

    /** The same a column; not to be changed. */
    float[] columnAbsMax() {
        return columnAbsMax;
    }
}
