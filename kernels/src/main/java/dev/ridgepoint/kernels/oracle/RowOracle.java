package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.shape.RowFunction;

/** Functions of rows in double, as their formulas stand. */
final class RowOracle {
    /** What a row becomes, to be filled in. */
    private final double[] y;
    /** By how much a unit of error in what is subtracted moves each element: S of {@code RowTolerance}. */
    private final double[] sensitivity;

    private RowOracle(int cols) {
        this.y = new double[cols];
        this.sensitivity = new double[cols];
    }

    /**
     * One row of the output.
     *
     * @param w scales of the columns, null where the function has none
     * @param b biases of the columns, null where the function has none
     * @param growth what a sum over the row may be off, relative to the sum of its terms' magnitudes
     */
    static RowOracle of(RowFunction function, float[] x, float[] w, float[] b, double growth) {
        RowOracle row = new RowOracle(x.length);
        switch (function) {
            case SOFTMAX -> row.softmax(x);
            case RMSNORM -> row.rmsNorm(x, w);
            case LAYERNORM -> row.layerNorm(x, w, b, growth);
        }
        return row;
    }

    double[] y() {
        return y;
    }

    double[] sensitivity() {
        return sensitivity;
    }

    private void softmax(float[] x) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i];
            largest = Math.max(largest, x[i]);
        }
        Softmax.inPlace(y, y.length);
        double meanExponent = 0;
        for (int i = 0; i < y.length; i++) {
            meanExponent += y[i] == 0 ? 0 : y[i] * (largest - x[i]);
        }
        for (int i = 0; i < y.length; i++) {
            sensitivity[i] = y[i] == 0 ? 0 : y[i] * (largest - x[i] + meanExponent);
        }
    }

    private void rmsNorm(float[] x, float[] w) {
        double squares = 0;
        for (float value : x) {
            squares += (double) value * value;
        }
        double inverse = 1 / Math.sqrt(squares / x.length + RowFunction.EPSILON);
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] * inverse * w[i];
        }
    }

    private void layerNorm(float[] x, float[] w, float[] b, double growth) {
        double sum = 0;
        double magnitudes = 0;
        for (float value : x) {
            sum += value;
            magnitudes += Math.abs(value);
        }
        double mean = sum / x.length;
        double squares = 0;
        for (float value : x) {
            squares += (value - mean) * (value - mean);
        }
        double inverse = 1 / Math.sqrt(squares / x.length + RowFunction.EPSILON);
        double meanMagnitude = magnitudes / x.length;
        for (int i = 0; i < x.length; i++) {
            double centred = x[i] - mean;
            y[i] = centred * inverse * w[i] + b[i];
            // Squares around a mean that is off by e are too large by e^2 each, and the row by half of that too small.
            double again = growth / 2 * meanMagnitude * Math.abs(centred) * inverse * inverse;
            sensitivity[i] = Math.abs(w[i]) * inverse * (meanMagnitude * (1 + again) + Math.abs(centred));
        }
    }
}
