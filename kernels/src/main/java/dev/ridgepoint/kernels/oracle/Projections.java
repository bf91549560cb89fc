package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.CounterRandom;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Random projections of a product C = A B^T, after Freivalds: for every row and every tile of 128 columns, {@code sum_j
 * s_j c_ij} with random signs s must equal {@code a_i . sum_j s_j b_j}, which costs a multiplication by two vectors a
 * tile rather than by 128. {@link ProjectionCheck} says what that can see.
 */
final class Projections {
    /** Independent projections of a tile: two errors in one tile cancel in both with probability 1/4 at most. */
    static final int COUNT = 2;

    /** Numbers kept of a tile: its projections, and the root of the sum of squares of all terms of its elements. */
    private static final int KEPT = COUNT + 1;

    private final long seed;
    private final int rows;
    private final int cols;
    private final int tiles;
    private final double[] kept;

    private Projections(long seed, int rows, int cols, double[] kept) {
        this.seed = seed;
        this.rows = rows;
        this.cols = cols;
        this.tiles = tiles(cols);
        this.kept = kept;
    }

    /** Projections to be filled in. */
    static Projections empty(long seed, int rows, int cols) {
        int length = Math.toIntExact((long) rows * tiles(cols) * KEPT);
        return new Projections(seed, rows, cols, new double[length]);
    }

    static int tiles(int cols) {
        return (cols + Sample.TILE - 1) / Sample.TILE;
    }

    /** The signs of a projection, one for each column. */
    static float[] signs(long seed, int projection, int cols) {
        CounterRandom random = CounterRandom.of(seed, "projection " + projection);
        float[] signs = new float[cols];
        for (int col = 0; col < cols; col++) {
            signs[col] = random.bits(col) < 0 ? -1 : 1;
        }
        return signs;
    }

    float[] signs(int projection) {
        return signs(seed, projection, cols);
    }

    int rows() {
        return rows;
    }

    int cols() {
        return cols;
    }

    int tiles() {
        return tiles;
    }

    void setSum(int row, int tile, int projection, double value) {
        kept[(row * tiles + tile) * KEPT + projection] = value;
    }

    double sum(int row, int tile, int projection) {
        return kept[(row * tiles + tile) * KEPT + projection];
    }

    void setRootSquares(int row, int tile, double value) {
        kept[(row * tiles + tile) * KEPT + COUNT] = value;
    }

    double rootSquares(int row, int tile) {
        return kept[(row * tiles + tile) * KEPT + COUNT];
    }

    void write(DataOutput target) throws IOException {
        target.writeLong(seed);
        target.writeInt(rows);
        target.writeInt(cols);
        ArrayData.write(target, kept);
    }

    static Projections read(DataInput source) throws IOException {
        return new Projections(source.readLong(), source.readInt(), source.readInt(), ArrayData.readDoubles(source));
    }
}
