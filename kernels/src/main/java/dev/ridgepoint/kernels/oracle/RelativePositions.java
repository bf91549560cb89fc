package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.AttentionShape;

/** The two score products over relative positions, after DeBERTa. */
final class RelativePositions {
    private final int count;
    private final int heads;
    private final int width;
    private final float[] relKeys;
    private final float[] relQueries;

    private RelativePositions(AttentionShape shape, OperandSet operands) {
        count = Math.toIntExact(shape.relPositions());
        heads = Math.toIntExact(shape.qHeads());
        width = Math.toIntExact(shape.headDim());
        relKeys = DecodedMatrix.of(operands, "relKeys").rows(0, 0, count * heads);
        relQueries = DecodedMatrix.of(operands, "relQueries").rows(0, 0, count * heads);
    }

    /** The tables of a problem, or null if it has none. */
    static RelativePositions of(AttentionShape shape, OperandSet operands) {
        return shape.relPositions() == 0 ? null : new RelativePositions(shape, operands);
    }

    /** Adds to the scores of the visible keys. */
    void add(
            double[] scores,
            double scale,
            double[] queryRow,
            float[] keys,
            Sequence sequence,
            int query,
            int head,
            int[] visible) {
        int position = sequence.keys() - sequence.queries() + query;
        double[] keyRow = new double[width];
        for (int j = 0; j < visible.length; j++) {
            int key = visible[j];
            for (int d = 0; d < width; d++) {
                keyRow[d] = keys[key * width + d];
            }
            double contentToPosition = AttentionOracle.dot(queryRow, relKeys, at(position - key, head));
            double positionToContent = AttentionOracle.dot(keyRow, relQueries, at(key - position, head));
            scores[j] += scale * (contentToPosition + positionToContent);
        }
    }

    /** Where the vector of a distance and head starts. */
    private int at(int distance, int head) {
        int index = Math.max(0, Math.min(count - 1, distance + count / 2));
        return (index * heads + head) * width;
    }
}
