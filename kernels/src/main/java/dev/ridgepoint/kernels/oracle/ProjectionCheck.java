package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.precision.Tolerance;
import java.util.Arrays;

/**
 * One walk through the rows of an output, comparing its projections with the expected ones.
 *
 * <p>How large a difference is allowed. Each element may be off by {@code allowed_ij}; call {@code unit = sqrt(sum_j
 * allowed_ij^2)} over a tile. It needs no reference: a tolerance is linear in |c_ij| and in the root R_ij of the sum of
 * squares of the terms, so by Minkowski's inequality the norm over a tile is at most the tolerance at the norms of both;
 * and {@code sum_j R_ij^2 = sum_k a_ik^2 sum_j b_jk^2}. Two bounds, the smaller of which counts:
 *
 * <ul>
 *   <li>Hoeffding's: signs are drawn independently of the errors, so a difference exceeds {@code t unit} with
 *       probability {@code 2 exp(-t^2 / 2)} at most; t is such that all tiles together give a false alarm once in 10^9
 *       runs.
 *   <li>The output's own: differences are sums of many roundings, so in units they are of one kind from tile to tile.
 *       None may exceed four times what all but the largest thousandth (and at least 2 x COUNT) stay below: some 13
 *       standard deviations. Tolerances allow several times what rounding does; this takes that slack away again.
 * </ul>
 *
 * <p>What it sees. With T the bound of a tile, an element wrong by more than 2 T cannot hide in it unless another one of
 * that tile is wrong as well. Smaller errors may.
 */
final class ProjectionCheck {
    private static final double FALSE_ALARM = 1e-9;
    private static final double SPREAD = 4;
    private static final int ONE_IN = 1000;
    private static final int WRONG_AT_LEAST = 2 * Projections.COUNT;

    private final Projections expected;
    private final Tolerance tolerance;
    private final float[][] signs = new float[Projections.COUNT][];
    private final float[] units;
    private final float[] differences;

    ProjectionCheck(Projections expected, Tolerance tolerance) {
        this.expected = expected;
        this.tolerance = tolerance;
        for (int p = 0; p < signs.length; p++) {
            signs[p] = expected.signs(p);
        }
        // Rows that are compared in full are never handed over; their tiles keep a unit of 0 and no difference.
        units = new float[expected.rows() * expected.tiles()];
        differences = new float[units.length * signs.length];
    }

    /** Root of the sum of squares of all terms of the tile around a column; not finite if one of its inputs is not. */
    double rootSquares(int row, int col) {
        return expected.rootSquares(row, col / Sample.TILE);
    }

    /** Takes a row of the output. */
    void row(int row, float[] got) {
        for (int tile = 0; tile < expected.tiles(); tile++) {
            int from = tile * Sample.TILE;
            int to = Math.min(got.length, from + Sample.TILE);
            int at = row * expected.tiles() + tile;
            units[at] = (float) unit(got, from, to, expected.rootSquares(row, tile));
            for (int p = 0; p < signs.length; p++) {
                double sum = 0;
                for (int col = from; col < to; col++) {
                    sum += signs[p][col] * got[col];
                }
                differences[at * signs.length + p] = (float) (Math.abs(sum - expected.sum(row, tile, p)) / units[at]);
            }
        }
    }

    private double unit(float[] got, int from, int to, double rootSquares) {
        double squares = 0;
        for (int col = from; col < to; col++) {
            squares += (double) got[col] * got[col];
        }
        return tolerance.allowed(Math.sqrt(squares), Double.POSITIVE_INFINITY, rootSquares)
                + tolerance.floor() * Math.sqrt(to - from);
    }

    /** Notes the tiles that differ by more than their bound, and says how many units that is. */
    double finish(ErrorTally tally, ErrorTally.Place place) {
        double bound = bound();
        for (int i = 0; i < differences.length; i++) {
            if (differences[i] > bound) {
                int at = i;
                tally.fail(() -> words(at, bound, place));
            }
        }
        return bound;
    }

    private String words(int at, double bound, ErrorTally.Place place) {
        int tile = at / signs.length % expected.tiles();
        int row = at / signs.length / expected.tiles();
        return "tile from " + place.of(row, tile * Sample.TILE) + ": a random projection is off by " + differences[at]
                + " units of its tolerance, allowed " + bound;
    }

    private double bound() {
        double[] finite = new double[differences.length];
        int count = 0;
        for (float difference : differences) {
            if (difference > 0 && Float.isFinite(difference)) {
                finite[count++] = difference;
            }
        }
        double hoeffding = Math.sqrt(2 * Math.log(2.0 * differences.length / FALSE_ALARM));
        int left = count - Math.max(WRONG_AT_LEAST, count / ONE_IN);
        if (left <= 0) {
            return hoeffding;
        }
        Arrays.sort(finite, 0, count);
        return Math.min(hoeffding, SPREAD * finite[left - 1]);
    }

    /**
     * Chance that an element anywhere, wrong by {@code size}, is in a tile whose bound is too coarse to show it; at the
     * least that of the bounds themselves failing.
     */
    double missProbability(double bound, double size) {
        long unseen = 0;
        for (int i = 0; i < units.length; i++) {
            if (!(2 * bound * units[i] <= size)) {
                int from = i % expected.tiles() * Sample.TILE;
                unseen += Math.min(expected.cols(), from + Sample.TILE) - from;
            }
        }
        return Math.max(FALSE_ALARM, unseen / ((double) expected.rows() * expected.cols()));
    }
}
