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
    private final double keysFactor;
    private final double queriesFactor;

    private RelativePositions(AttentionShape shape, OperandSet operands) {
        count = Math.toIntExact(shape.relPositions());
        heads = Math.toIntExact(shape.qHeads());
        width = Math.toIntExact(shape.headDim());
        DecodedMatrix keysTable = DecodedMatrix.of(operands, "relKeys");
        DecodedMatrix queriesTable = DecodedMatrix.of(operands, "relQueries");
        relKeys = keysTable.rows(0, 0, count * heads);
        relQueries = queriesTable.rows(0, 0, count * heads);
        keysFactor = keysTable.factor(0);
        queriesFactor = queriesTable.factor(0);
    }

    /** The tables of a problem, or null if it has none. */
    static RelativePositions of(AttentionShape shape, OperandSet operands) {
        return shape.relPositions() == 0 ? null : new RelativePositions(shape, operands);
    }

    /** The unscaled sum of both products for a query row and a key row at that offset, {@code distance} behind it. */
    double score(double[] query, double queryFactor, float[] keys, int at, double keyFactor, int distance, int head) {
        double contentToPosition = AttentionOracle.dot(query, relKeys, at(distance, head));
        double positionToContent = 0;
        int table = at(-distance, head);
        for (int d = 0; d < width; d++) {
            positionToContent += (double) keys[at + d] * relQueries[table + d];
        }
        return contentToPosition * queryFactor * keysFactor + positionToContent * keyFactor * queriesFactor;
    }

    /** Where the vector of a distance and head starts. */
    private int at(int distance, int head) {
        int index = Math.max(0, Math.min(count - 1, distance + count / 2));
        return (index * heads + head) * width;
    }
}
