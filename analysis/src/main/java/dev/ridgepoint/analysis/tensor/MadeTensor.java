package dev.ridgepoint.analysis.tensor;

import dev.ridgepoint.kernels.operand.Distribution;
import java.io.IOException;
import java.util.List;

/** A made-up matrix of a named distribution; the same seed and extents give the same one. */
public final class MadeTensor implements Tensor {
    private static final String ACTIVATION = "activation-like";

    /** The names, as the command line has them. */
    public static final List<String> NAMES = List.of("normal", "heavy-tailed", "outlier-channels", ACTIVATION);

    private final String name;
    private final Distribution distribution;
    private final boolean activated;
    private final long seed;
    private final long rows;
    private final int cols;

    private MadeTensor(String name, long seed, long rows, int cols) {
        this.name = name;
        this.activated = name.equals(ACTIVATION);
        this.distribution = activated ? Distribution.OUTLIER_CHANNELS : Distribution.parse(name.replace('-', '_'));
        this.seed = seed;
        this.rows = rows;
        this.cols = cols;
    }

    /**
     * A matrix of that distribution: {@code normal}, {@code heavy-tailed} (Student's t with two degrees of freedom), {@code
     * outlier-channels} (normal, one column in 64 thirty-two times as large) or {@code activation-like} (SiLU of those, so
     * that negative values crowd just below zero).
     *
     * @throws IllegalArgumentException naming the distributions there are
     */
    public static MadeTensor of(String name, long seed, long rows, int cols) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "--distribution: unknown '" + name + "'; known: " + String.join(", ", NAMES));
        }
        Tensor.check("--rows, --cols", rows, cols);
        return new MadeTensor(name, seed, rows, cols);
    }

    @Override
    public String name() {
        return name + ", seed " + seed;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public int cols() {
        return cols;
    }

    @Override
    public void read(Chunks consumer) throws IOException {
        int atOnce = Tensor.chunkRows(rows, cols);
        float[] values = new float[atOnce * cols];
        for (long row = 0; row < rows; row += atOnce) {
            int here = (int) Math.min(atOnce, rows - row);
            distribution.fill(seed, cols, row * cols, values, here * cols);
            if (activated) {
                for (int i = 0; i < here * cols; i++) {
                    values[i] = (float) (values[i] / (1 + Math.exp(-values[i])));
                }
            }
            consumer.accept(row, here, values);
        }
    }
}
