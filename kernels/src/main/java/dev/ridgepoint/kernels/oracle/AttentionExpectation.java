package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Sample.RowClass;
import dev.ridgepoint.kernels.precision.Accumulator;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;

/**
 * The ladder for attention: every row up to 2^28 multiply-adds, {@link AttentionRows} above. A row's tolerance follows
 * its largest score, so that inputs of large variance are judged by what rounding does to them.
 */
final class AttentionExpectation {
    /** Scores up to here are what the problem's own tolerance was made for. */
    private static final double USUAL_SCORE = 5;
    /** How much further the partial sums of a score stray. */
    private static final double PARTIAL_SUMS = 3;

    private AttentionExpectation() {}

    static ToleranceExpectation of(AttentionProblem problem, OperandSet operands, long fullLimit) {
        AttentionShape shape = problem.shape();
        AttentionOracle oracle = new AttentionOracle(shape, operands);
        Sample sample = AttentionRows.choose(shape, oracle.sequences(), fullLimit, operands.seed());
        int heads = Math.toIntExact(shape.qHeads());
        ExpectedElements elements = elements(problem, oracle, sample);
        return new ToleranceExpectation(
                new ToleranceExpectation.Output("o", problem.precision().output(), heads),
                Tolerance.of(problem),
                elements,
                null);
    }

    private static ExpectedElements elements(AttentionProblem problem, AttentionOracle oracle, Sample sample) {
        AttentionShape shape = problem.shape();
        ExpectedElements elements = ExpectedElements.empty(sample);
        int group = Math.toIntExact(shape.groupSize());
        for (Sequence sequence : oracle.sequences()) {
            for (int kvHead = 0; kvHead < shape.kvHeads(); kvHead++) {
                boolean turned = false;
                for (int query = 0; query < sequence.queries(); query++) {
                    for (int head = kvHead * group; head < (kvHead + 1) * group; head++) {
                        int row = sequence.outputRow(query, head, shape);
                        if (sample.classOf(row) == RowClass.NONE) {
                            continue;
                        }
                        if (!turned) {
                            oracle.turnTo(sequence, kvHead);
                            turned = true;
                        }
                        set(elements, row, oracle.row(query, head), problem);
                    }
                }
            }
        }
        return elements;
    }

    private static void set(
            ExpectedElements elements, int row, AttentionOracle.Row expected, AttentionProblem problem) {
        Tolerance tolerance = tolerance(problem, expected.largestScore());
        for (int d = 0; d < expected.output().length; d++) {
            elements.set(row, d, tolerance, expected.output()[d], expected.absSum()[d], expected.squares()[d]);
        }
    }

    private static Tolerance tolerance(AttentionProblem problem, double largestScore) {
        if (!(largestScore > USUAL_SCORE)) {
            return Tolerance.of(problem);
        }
        return Tolerance.ofAttention(problem, Accumulator.of(problem.precision()), largestScore + PARTIAL_SUMS);
    }
}
