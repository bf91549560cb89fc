package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;

/** Products and attention as a kernel computes them: in fp32, rounded to the output type. */
final class PlainKernel {
    private PlainKernel() {}

    /** What becomes of a finished sum of one of several products. */
    interface Finish {
        double of(float sum, int product, int col);
    }

    static Outputs multiply(GemmProblem problem, OperandSet operands) {
        return multiply(problem, operands, finish(problem.shape(), operands));
    }

    /** The problem's own epilogue: the bias added in fp32, the function of what that gives. */
    private static Finish finish(GemmShape shape, OperandSet operands) {
        if (!shape.epilogue().hasBias()) {
            return (sum, product, col) -> sum;
        }
        float[] bias = bias(shape, operands);
        Activation f = Activation.of(shape.epilogue());
        return (sum, product, col) -> f.of(sum + bias[product * (int) shape.n() + col]);
    }

    static float[] bias(GemmShape shape, OperandSet operands) {
        DecodedMatrix bias = DecodedMatrix.of(operands, "bias");
        return bias.rows(0, 0, bias.rows());
    }

    static Outputs multiply(GemmProblem problem, OperandSet operands, Finish finish) {
        GemmShape shape = problem.shape();
        DecodedMatrix a = DecodedMatrix.of(operands, "a");
        DecodedMatrix b = DecodedMatrix.of(operands, "b");
        int n = b.rows();
        int k = a.cols();
        int choices = shape.moe() == null ? 1 : shape.moe().topK();
        float[] c = new float[a.rows() * choices * n];
        int experts = shape.many() == null ? 1 : shape.many().count();
        for (int expert = 0; expert < experts; expert++) {
            float[] weights = b.rows(expert, 0, n);
            float factor = (float) (a.factor(0) * b.factor(expert));
            for (int row = 0; row < a.rows() * choices; row++) {
                if (shape.moe() != null && operands.input("routing").getInt(row * 4) != expert) {
                    continue;
                }
                if (shape.batch() != null && row / shape.m() != expert) {
                    continue;
                }
                float[] left = a.rows(0, row / choices, 1);
                for (int j = 0; j < n; j++) {
                    c[row * n + j] = (float) finish.of(dot(left, weights, j * k) * factor, expert, j);
                }
            }
        }
        return Outputs.of("c", problem.precision().output(), c);
    }

    private static float dot(float[] left, float[] right, int offset) {
        float sum = 0;
        for (int l = 0; l < left.length; l++) {
            sum += left[l] * right[offset + l];
        }
        return sum;
    }

    /** Attention over a flat cache, with one pass for the maximum and one for the sums. */
    static Outputs attend(AttentionProblem problem, OperandSet operands) {
        AttentionShape shape = problem.shape();
        int heads = (int) shape.qHeads();
        int width = (int) shape.valueDim();
        DecodedMatrix q = DecodedMatrix.of(operands, "q");
        KvCache cache = new KvCache(shape, operands, TurnedTokens.of(operands), (int) shape.batch());
        Visibility visibility = Visibility.of(shape, operands);
        float[] o = new float[q.rows() * width];
        for (Sequence sequence : Sequence.of(shape, operands)) {
            for (int head = 0; head < heads; head++) {
                int kvHead = head / (int) shape.groupSize();
                float[] keys = cache.keys(sequence, kvHead);
                float[] values = cache.values(sequence, kvHead);
                for (int query = 0; query < sequence.queries(); query++) {
                    int row = sequence.outputRow(query, head, shape);
                    float[] queryRow = q.rows(0, row, 1);
                    float scale = (float) (q.factor(0) * cache.keyFactor() / Math.sqrt(shape.headDim()));
                    float[] scores = new float[sequence.keys()];
                    float max = Float.NEGATIVE_INFINITY;
                    for (int key = 0; key < scores.length; key++) {
                        boolean sees = visibility.sees(query, sequence.queries(), key, sequence.keys());
                        scores[key] =
                                sees ? scale * dot(queryRow, keys, key * queryRow.length) : Float.NEGATIVE_INFINITY;
                        max = Math.max(max, scores[key]);
                    }
                    weigh(scores, max, values, (float) cache.valueFactor(), o, row * width, width);
                }
            }
        }
        return Outputs.of("o", problem.precision().output(), o);
    }

    private static void weigh(float[] scores, float max, float[] values, float factor, float[] o, int at, int width) {
        if (max == Float.NEGATIVE_INFINITY) {
            return;
        }
        float sum = 0;
        for (int key = 0; key < scores.length; key++) {
            float weight = (float) Math.exp(scores[key] - max);
            sum += weight;
            for (int d = 0; d < width; d++) {
                o[at + d] += weight * values[key * width + d];
            }
        }
        for (int d = 0; d < width; d++) {
            o[at + d] *= factor / sum;
        }
    }
}
