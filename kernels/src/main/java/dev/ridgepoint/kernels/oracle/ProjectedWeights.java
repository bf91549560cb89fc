package dev.ridgepoint.kernels.oracle;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Multiplies activations by the signed sums and the summed squares of each tile of weights. */
final class ProjectedWeights {
    private static final int ROWS = 64;

    private final GemmOracle oracle;
    private final float[][] signs;

    ProjectedWeights(GemmOracle oracle, long seed) {
        this.oracle = oracle;
        this.signs = new float[Projections.COUNT][];
        for (int p = 0; p < signs.length; p++) {
            signs[p] = Projections.signs(seed, p, oracle.cols());
        }
    }

    /** Sets the projections of rows of C that one expert computes. */
    void project(int expert, int[] rows, Projections target) {
        if (rows.length == 0) {
            return;
        }
        int tiles = Projections.tiles(oracle.cols());
        double[] sums = new double[Math.toIntExact((long) tiles * signs.length * oracle.k())];
        double[] squares = new double[Math.toIntExact((long) tiles * oracle.k())];
        for (int tile = 0; tile < tiles; tile++) {
            sum(expert, tile, sums, squares);
        }
        for (int from = 0; from < rows.length; from += ROWS) {
            int[] some = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + ROWS));
            multiply(some, sums, squares, oracle.factor(expert), target);
        }
        for (int tile = 0; tile < tiles; tile++) {
            addBias(expert, tile, rows, target);
        }
    }

    /** A term of every sum, whatever the row. */
    private void addBias(int expert, int tile, int[] rows, Projections target) {
        double[] added = new double[signs.length];
        double squares = 0;
        int first = tile * Sample.TILE;
        for (int col = first; col < Math.min(oracle.cols(), first + Sample.TILE); col++) {
            double bias = oracle.bias(expert, col);
            squares += bias * bias;
            for (int p = 0; p < signs.length; p++) {
                added[p] += signs[p][col] * bias;
            }
        }
        for (int row : rows) {
            for (int p = 0; p < signs.length; p++) {
                target.setSum(row, tile, p, target.sum(row, tile, p) + added[p]);
            }
            target.setRootSquares(row, tile, Math.hypot(target.rootSquares(row, tile), Math.sqrt(squares)));
        }
    }

    private void sum(int expert, int tile, double[] sums, double[] squares) {
        int k = oracle.k();
        int first = tile * Sample.TILE;
        int[] cols = IntStream.range(first, Math.min(oracle.cols(), first + Sample.TILE))
                .toArray();
        double[] weights = oracle.weights(expert, cols);
        for (int c = 0; c < cols.length; c++) {
            for (int p = 0; p < signs.length; p++) {
                double sign = signs[p][cols[c]];
                int at = (tile * signs.length + p) * k;
                for (int l = 0; l < k; l++) {
                    sums[at + l] += sign * weights[c * k + l];
                }
            }
            for (int l = 0; l < k; l++) {
                squares[tile * k + l] += weights[c * k + l] * weights[c * k + l];
            }
        }
    }

    private void multiply(int[] rows, double[] sums, double[] squares, double factor, Projections target) {
        int k = oracle.k();
        double[] activations = oracle.activations(rows);
        DotProducts.each(
                activations,
                rows.length,
                sums,
                sums.length / k,
                k,
                (r, j, sum, abs, unused) -> target.setSum(rows[r], j / signs.length, j % signs.length, sum * factor));
        for (int i = 0; i < activations.length; i++) {
            activations[i] *= activations[i];
        }
        DotProducts.each(
                activations,
                rows.length,
                squares,
                squares.length / k,
                k,
                (r, tile, sum, abs, unused) -> target.setRootSquares(rows[r], tile, Math.sqrt(sum) * factor));
    }
}
