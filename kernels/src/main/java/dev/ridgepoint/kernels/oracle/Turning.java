package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.shape.Rotary;
import java.nio.FloatBuffer;

/**
 * Rows turned by a position. A pair (x, y) becomes (x cos - y sin, y cos + x sin) in fp32: both products are rounded, then their
 * sum, nothing is contracted.
 *
 * @param rotary which elements are pairs
 * @param width how many turn, the first
 * @param cosSin a row a position: cosines of its angles, then their sines
 */
record Turning(Rotary rotary, int width, FloatBuffer cosSin) {
    void turn(float[] row, int position) {
        for (int pair = 0; pair < width / 2; pair++) {
            float cos = cosSin.get(position * width + pair);
            float sin = cosSin.get(position * width + width / 2 + pair);
            int first = rotary.first(pair);
            int second = rotary.second(pair, width);
            float x = row[first];
            float y = row[second];
            row[first] = x * cos - y * sin;
            row[second] = y * cos + x * sin;
        }
    }
}
