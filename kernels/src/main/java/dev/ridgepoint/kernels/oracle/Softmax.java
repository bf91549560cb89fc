package dev.ridgepoint.kernels.oracle;

/** Softmax over scores, in double. */
final class Softmax {
    private Softmax() {}

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
