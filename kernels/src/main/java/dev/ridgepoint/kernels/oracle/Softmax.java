package dev.ridgepoint.kernels.oracle;

import java.util.Arrays;

/** Softmax over scores, in double. */
final class Softmax {
    private Softmax() {}

    /**
     * Replaces scores by the weights attention gives them: by their softmax, or by zeros where all are minus infinity, as of keys
     * that are not seen.
     *
     * @return the logarithm of the sum of their exponentials
     */
    static double weights(double[] scores) {
        if (Arrays.stream(scores).allMatch(score -> score == Double.NEGATIVE_INFINITY)) {
            Arrays.fill(scores, 0);
            return Double.NEGATIVE_INFINITY;
        }
        return inPlace(scores, scores.length);
    }

    /**
     * Replaces the first {@code count} scores by their softmax.
     *
     * @return the logarithm of the sum of their exponentials
     */
    static double inPlace(double[] scores, int count) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, scores[i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            scores[i] = Math.exp(scores[i] - max);
            sum += scores[i];
        }
        for (int i = 0; i < count; i++) {
            scores[i] /= sum;
        }
        return max + Math.log(sum);
    }
}
