package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.CounterRandom;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Sample.RowClass;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.stream.IntStream;

/**
 * The ladder for products. Up to 2^28 multiply-adds every element is computed. Above:
 *
 * <ul>
 *   <li>the first and last element of every row;
 *   <li>the four corners of every 128 x 128 tile of C, ragged last tiles and the last row of every expert included;
 *   <li>2 to 64 whole rows drawn by the seed, the last row among them;
 *   <li>random projections of every tile of every row: {@link Projections}. They see through a bias, but not through a
 *       function, whose values no sum of sums gives: elements of such outputs are compared one by one alone.
 * </ul>
 */
final class GemmExpectation {
    private static final int MIN_ROWS = 2;
    private static final int MAX_ROWS = 64;
    /** Elements whose expectations are kept at the most: 12 bytes each. */
    private static final long MAX_ELEMENTS = 1L << 26;

    private final GemmOracle oracle;
    private final GemmElements values;
    private final long seed;

    private GemmExpectation(GemmOracle oracle, GemmElements values, long seed) {
        this.oracle = oracle;
        this.values = values;
        this.seed = seed;
    }

    static ToleranceExpectation of(GemmProblem problem, OperandSet operands, long fullLimit) {
        GemmShape shape = problem.shape();
        GemmOracle oracle = new GemmOracle(shape, operands);
        Tolerance tolerance = operands.tolerance();
        GemmExpectation ladder = new GemmExpectation(oracle, GemmElements.of(problem, tolerance), operands.seed());
        boolean full = shape.multiplyAdds() <= fullLimit && (long) oracle.rows() * oracle.cols() <= MAX_ELEMENTS;
        Sample sample = full ? Sample.everything(oracle.rows(), oracle.cols()) : ladder.sample(fullLimit);
        int choices = shape.moe() == null ? 1 : shape.moe().topK();
        return new ToleranceExpectation(
                new ToleranceExpectation.Output("c", problem.precision().output(), choices),
                ScoreTolerance.same(tolerance),
                ladder.elements(sample),
                sample.isEverything() || shape.epilogue().bends() ? null : ladder.projections());
    }

    private Sample sample(long budget) {
        int rows = oracle.rows();
        Sample sample = Sample.none(rows, oracle.cols());
        IntStream.range(0, rows).forEach(row -> sample.include(row, RowClass.ENDS));
        for (int row : Sample.edges(rows)) {
            sample.include(row, RowClass.EDGES);
        }
        for (int expert = 0; expert < oracle.experts(); expert++) {
            oracle.rowsOf(expert).max().ifPresent(last -> sample.include(last, RowClass.EDGES));
        }
        sample.include(rows - 1, RowClass.ALL);
        long affordable = budget / Math.multiplyExact((long) oracle.cols(), oracle.k());
        CounterRandom random = CounterRandom.of(seed, "rows compared");
        for (int i = 1; i < Math.max(MIN_ROWS, Math.min(MAX_ROWS, affordable)); i++) {
            sample.include(random.below(rows, i), RowClass.ALL);
        }
        return sample;
    }

    private ExpectedElements elements(Sample sample) {
        ExpectedElements elements = ExpectedElements.empty(sample);
        for (int expert = 0; expert < oracle.experts(); expert++) {
            int[] all = oracle.rowsOf(expert).toArray();
            for (RowClass rowClass : RowClass.values()) {
                int[] rows = IntStream.of(all)
                        .filter(row -> sample.classOf(row) == rowClass)
                        .toArray();
                oracle.cross(
                        expert,
                        rows,
                        sample.colsOf(rowClass),
                        (r, c, sum, abs, squares) -> values.set(elements, rows[r], c, sum, abs, squares));
            }
        }
        return elements;
    }

    private Projections projections() {
        Projections projections = Projections.empty(seed, oracle.rows(), oracle.cols());
        ProjectedWeights weights = new ProjectedWeights(oracle, seed);
        for (int expert = 0; expert < oracle.experts(); expert++) {
            weights.project(expert, oracle.rowsOf(expert).toArray(), projections);
        }
        return projections;
    }
}
