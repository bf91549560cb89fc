package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.AttentionShape;
import java.util.List;

/**
 * Softmax attention in double, one row of the output at a time.
 *
 * <p>{@code score(i, j) = q_i . k_j / sqrt(headDim)} over visible keys. With relative positions, after DeBERTa:
 * {@code (q_i . k_j + q_i . relKeys[d(i, j)] + k_j . relQueries[d(j, i)]) / sqrt(3 headDim)}, where {@code d(i, j) =
 * clamp(i - j + relPositions / 2, 0, relPositions - 1)} and i, j are positions in the sequence.
 */
final class AttentionOracle {
    private final AttentionShape shape;
    private final List<Sequence> sequences;
    private final Visibility visibility;
    private final DecodedMatrix q;
    private final KvCache cache;
    private final RelativePositions positions;
    private final double scale;

    private Sequence sequence;
    private float[] keys;
    private float[] values;

    AttentionOracle(AttentionShape shape, OperandSet operands) {
        this.shape = shape;
        this.sequences = Sequence.of(shape, operands);
        this.visibility = Visibility.of(shape, operands);
        this.q = DecodedMatrix.of(operands, "q");
        this.cache = new KvCache(shape, operands, sequences.size());
        this.positions = RelativePositions.of(shape, operands);
        this.scale = 1 / Math.sqrt((positions == null ? 1 : 3) * (double) shape.headDim());
    }

    List<Sequence> sequences() {
        return sequences;
    }

    /** Turns to one sequence and key/value head; {@link #row} speaks of these. */
    void turnTo(Sequence next, int kvHead) {
        sequence = next;
        keys = cache.keys(next, kvHead);
        values = cache.values(next, kvHead);
    }

    /** One row of the output with the sums {@code absSum[d] = sum_j p_j |v_jd|} that went into it. */
    record Row(double[] output, double[] absSum, double logSumExp) {}

    /** The output of a query of the sequence for a query head that shares the key/value head. */
    Row row(int query, int head) {
        int[] visible = visible(query);
        double[] p = scores(query, head, visible);
        double logSumExp = Softmax.inPlace(p, visible.length);
        int width = Math.toIntExact(shape.valueDim());
        double[] output = new double[width];
        double[] absSum = new double[width];
        for (int j = 0; j < visible.length; j++) {
            int at = visible[j] * width;
            for (int d = 0; d < width; d++) {
                double term = p[j] * values[at + d];
                output[d] += term;
                absSum[d] += Math.abs(term);
            }
        }
        return new Row(output, absSum, logSumExp);
    }

    private int[] visible(int query) {
        int[] visible = new int[sequence.keys()];
        int count = 0;
        for (int key = 0; key < sequence.keys(); key++) {
            if (visibility.sees(query, sequence.queries(), key, sequence.keys())) {
                visible[count++] = key;
            }
        }
        return java.util.Arrays.copyOf(visible, count);
    }

    private double[] scores(int query, int head, int[] visible) {
        int width = Math.toIntExact(shape.headDim());
        double[] queryRow = new double[width];
        int row = Math.toIntExact((sequence.firstQuery() + (long) query) * shape.qHeads() + head);
        q.rows(0, row, 1, queryRow, 0);
        double[] scores = new double[visible.length];
        for (int j = 0; j < visible.length; j++) {
            scores[j] = scale * dot(queryRow, keys, visible[j] * width);
        }
        if (positions != null) {
            positions.add(scores, scale, queryRow, keys, sequence, query, head, visible);
        }
        return scores;
    }

    /** Four partial sums hide each other's latency. */
    static double dot(double[] left, float[] right, int offset) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int d = 0;
        for (; d + 4 <= left.length; d += 4) {
            sum0 += left[d] * right[offset + d];
            sum1 += left[d + 1] * right[offset + d + 1];
            sum2 += left[d + 2] * right[offset + d + 2];
            sum3 += left[d + 3] * right[offset + d + 3];
        }
        for (; d < left.length; d++) {
            sum0 += left[d] * right[offset + d];
        }
        return sum0 + sum1 + sum2 + sum3;
    }
}
