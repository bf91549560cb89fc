package dev.ridgepoint.device.cpu.attention;

import dev.ridgepoint.device.cpu.Memory;
import dev.ridgepoint.device.cpu.Step;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Sets scores of keys a query may not see to minus infinity, stretch by stretch. oneDNN's way would be to add a mask to
 * the product, but it reads wrong places of the mask where scores or mask are not dense, and says nothing.
 */
final class HideScores implements Step {
    private final FloatBuffer scores;
    private final FloatBuffer hidden;
    private final int heads;
    private final int width;
    private final int[] from;
    private final int[] to;

    /** For {@code heads} matrices of scores, one after the other. */
    HideScores(QueryBlock block, long heads, long scores) {
        this.heads = Math.toIntExact(heads);
        this.width = Math.toIntExact(block.keys());
        long count = heads * block.rows() * block.keys();
        this.scores = Memory.at(scores, Math.toIntExact(Float.BYTES * count))
                .asBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] infinities = new float[width];
        Arrays.fill(infinities, Float.NEGATIVE_INFINITY);
        this.hidden = FloatBuffer.wrap(infinities);
        this.from = block.seen().stream()
                .mapToInt(range -> column(block, range.from()))
                .toArray();
        this.to = block.seen().stream()
                .mapToInt(range -> column(block, range.to()))
                .toArray();
    }

    private static int column(QueryBlock block, long key) {
        return (int) (key - block.fromKey());
    }

    @Override
    public void run() {
        int row = 0;
        for (int head = 0; head < heads; head++) {
            for (int i = 0; i < from.length; i++, row += width) {
                scores.put(row, hidden, 0, from[i]);
                scores.put(row + to[i], hidden, 0, width - to[i]);
            }
        }
    }
}
