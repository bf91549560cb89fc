package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.precision.Accumulator;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;

/**
 * The tolerance of a row. Attention's follows the row's largest score, so that inputs of large variance are judged by what
 * rounding does to them; other problems have one for all rows.
 */
final class ScoreTolerance {
    /** Scores up to here are what the problem's own tolerance is made for. */
    static final double USUAL_SCORE = 5;
    /** How much further the partial sums of a score stray. */
    static final double PARTIAL_SUMS = 3;

    /** Null where all rows have one tolerance. */
    private final AttentionProblem problem;

    private final Tolerance usual;

    /** @param usual of rows whose scores are no larger than {@link #USUAL_SCORE} */
    ScoreTolerance(AttentionProblem problem, Tolerance usual) {
        this.problem = problem;
        this.usual = usual;
    }

    /** One for all rows. */
    static ScoreTolerance same(Tolerance ofAll) {
        return new ScoreTolerance(null, ofAll);
    }

    Tolerance usual() {
        return usual;
    }

    /** @param largest magnitude of a score of the row; of a problem without scores anything */
    Tolerance ofScore(double largest) {
        if (largest <= USUAL_SCORE || problem == null) {
            return usual;
        }
        return Tolerance.ofAttention(problem, sums(), largest + PARTIAL_SUMS);
    }

    /** What the inputs of attention let sums do. */
    Accumulator sums() {
        Accumulator sums = Accumulator.of(problem.precision());
        return usual.patterned() ? sums.ofPatterns() : sums;
    }
}
