package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.AttentionShape;

/** Keys and values of one sequence and one head at a time, gathered from wherever the cache keeps them. */
final class KvCache {
    private final AttentionShape shape;
    private final DecodedMatrix keys;
    private final DecodedMatrix values;
    private final Slots slots;
    private final TurnedTokens turned;

    KvCache(AttentionShape shape, OperandSet operands, TurnedTokens turned, int sequences) {
        this.shape = shape;
        this.keys = DecodedMatrix.of(operands, "k");
        this.values = shape.kvShared() ? null : DecodedMatrix.of(operands, "v");
        this.slots = Slots.of(shape, operands, sequences);
        this.turned = turned;
    }

    /** Keys [seqLenKv, headDim], turned where they are to be. */
    float[] keys(Sequence sequence, int kvHead) {
        float[] all = gather(keys, sequence, kvHead, keys.cols());
        for (int key = 0; key < sequence.keys(); key++) {
            turned.turn(all, key * keys.cols(), keys.cols(), sequence, key);
        }
        return all;
    }

    /** Values [seqLenKv, valueDim]; shared ones are the first elements of the keys. */
    float[] values(Sequence sequence, int kvHead) {
        return gather(values == null ? keys : values, sequence, kvHead, Math.toIntExact(shape.valueDim()));
    }

    /** What keys are still to be multiplied by. */
    double keyFactor() {
        return keys.factor(0);
    }

    /** What values are still to be multiplied by. */
    double valueFactor() {
        return (values == null ? keys : values).factor(0);
    }

    private float[] gather(DecodedMatrix from, Sequence sequence, int kvHead, int width) {
        float[] all = new float[Math.multiplyExact(sequence.keys(), width)];
        for (int key = 0; key < sequence.keys(); key++) {
            int row = Math.toIntExact(slots.of(sequence, key) * shape.kvHeads() + kvHead);
            System.arraycopy(from.rows(0, row, 1), 0, all, key * width, width);
        }
        return all;
    }
}
