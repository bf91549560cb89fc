package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.AttentionShape;
import java.util.Arrays;
import java.util.List;

/**
 * Softmax attention in double, one row of the output at a time.
 *
 * <p>{@code score(i, j) = q_i . k_j / sqrt(headDim)} over visible keys. With relative positions, after DeBERTa:
 * {@code (q_i . k_j + q_i . relKeys[d(i, j)] + k_j . relQueries[d(j, i)]) / sqrt(3 headDim)}, where {@code d(i, j) =
 * clamp(i - j + relPositions / 2, 0, relPositions - 1)} and i, j are positions in the sequence. Where queries and keys are
 * turned first, q and k are {@link TurnedTokens}. A row that sees no key is 0, and its sum's
 * logarithm minus infinity; so is one all of whose scores are minus infinity.
 */
final class AttentionOracle {
    private final AttentionShape shape;
    private final List<Sequence> sequences;
    private final Visibility visibility;
    private final DecodedMatrix q;
    private final TurnedTokens turned;
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
        this.turned = TurnedTokens.of(operands);
        this.cache = new KvCache(shape, operands, turned, sequences.size());
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

    /**
     * One row of the output.
     *
     * @param absSum sum of the magnitudes of the terms {@code p_j v_jd}
     * @param squares sum of their squares
     * @param unweighted sum of the magnitudes of the values alone
     * @param largestScore largest |score| that is finite: under minus infinity a key weighs nothing
     */
    record Row(
            double[] output,
            double[] absSum,
            double[] squares,
            double[] unweighted,
            double logSumExp,
            double largestScore) {}

    /** The output of a query of the sequence for a query head that shares the key/value head. */
    Row row(int query, int head) {
        int[] visible = visible(query);
        double[] p = scores(query, head, visible);
        double largestScore =
                Arrays.stream(p).map(Math::abs).filter(Double::isFinite).max().orElse(0);
        double logSumExp = Softmax.weights(p);
        int width = Math.toIntExact(shape.valueDim());
        double[] output = new double[width];
        double[] absSum = new double[width];
        double[] squares = new double[width];
        double[] unweighted = new double[width];
        for (int j = 0; j < visible.length; j++) {
            int at = visible[j] * width;
            double weight = p[j] * cache.valueFactor();
            for (int d = 0; d < width; d++) {
                double term = weight * values[at + d];
                output[d] += term;
                absSum[d] += Math.abs(term);
                squares[d] += term * term;
                unweighted[d] += Math.abs(values[at + d] * cache.valueFactor());
            }
        }
        return new Row(output, absSum, squares, unweighted, logSumExp, largestScore);
    }

    private int[] visible(int query) {
        int[] visible = new int[sequence.keys()];
        int count = 0;
        for (int key = 0; key < sequence.keys(); key++) {
            if (visibility.sees(query, sequence.queries(), key, sequence.keys())) {
                visible[count++] = key;
            }
        }
        return Arrays.copyOf(visible, count);
    }

    private double[] scores(int query, int head, int[] visible) {
        if (visible.length == 0) {
            // It may stand before all positions there are.
            return new double[0];
        }
        int width = Math.toIntExact(shape.headDim());
        int position = sequence.keys() - sequence.queries() + query;
        double[] queryRow = query(query, head, position, width);
        double queryFactor = q.factor(0);
        double keyFactor = cache.keyFactor();
        double[] scores = new double[visible.length];
        for (int j = 0; j < visible.length; j++) {
            int at = visible[j] * width;
            double score = queryFactor * keyFactor * dot(queryRow, keys, at);
            if (positions != null) {
                score += positions.score(queryRow, queryFactor, keys, at, keyFactor, position - visible[j], head);
            }
            scores[j] = scale * score;
        }
        return scores;
    }

    private double[] query(int query, int head, int position, int width) {
        float[] row = q.rows(0, sequence.outputRow(query, head, shape), 1);
        turned.turn(row, 0, width, sequence, position);
        double[] wide = new double[width];
        for (int d = 0; d < width; d++) {
            wide[d] = row[d];
        }
        return wide;
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
