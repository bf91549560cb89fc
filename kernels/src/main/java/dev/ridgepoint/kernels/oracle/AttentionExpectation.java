package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Sample.RowClass;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.util.List;

/**
 * The ladder for attention: every row up to 2^28 multiply-adds, {@link AttentionRows} above. A row's tolerance is
 * {@link ScoreTolerance}'s; a row that sees no key has none, its zeros are exact.
 */
final class AttentionExpectation {
    /** Exponentials below it may be zero. */
    private static final double SMALLEST_WEIGHT = Float.MIN_NORMAL;

    private final AttentionProblem problem;
    private final AttentionOracle oracle;
    private final ScoreTolerance tolerance;
    private final ExpectedElements elements;
    /** Of the logarithms of sums of exponentials, the same rows; null where they are not asked for. */
    private final ExpectedElements logs;

    private AttentionExpectation(AttentionProblem problem, AttentionOracle oracle, Tolerance usual, Sample sample) {
        this.problem = problem;
        this.oracle = oracle;
        this.tolerance = new ScoreTolerance(problem, usual);
        this.elements = ExpectedElements.empty(sample);
        this.logs = problem.shape().lse() ? ExpectedElements.empty(Sample.ofClasses(1, sample.classes())) : null;
    }

    static Expectation of(AttentionProblem problem, OperandSet operands, long fullLimit) {
        AttentionShape shape = problem.shape();
        AttentionOracle oracle = new AttentionOracle(shape, operands);
        Sample sample = AttentionRows.choose(shape, oracle.sequences(), fullLimit, operands.seed());
        AttentionExpectation ladder = new AttentionExpectation(problem, oracle, operands.tolerance(), sample);
        for (Sequence sequence : oracle.sequences()) {
            for (int kvHead = 0; kvHead < shape.kvHeads(); kvHead++) {
                ladder.expect(sequence, kvHead);
            }
        }
        int heads = Math.toIntExact(shape.qHeads());
        var output = new ToleranceExpectation.Output("o", problem.precision().output(), heads);
        var expected = new ToleranceExpectation(output, ladder.tolerance, ladder.elements, null);
        if (ladder.logs == null) {
            return expected;
        }
        var lse = new ToleranceExpectation.Output(ToleranceExpectation.LSE, DType.FP32, heads);
        Tolerance ofLogs = Tolerance.ofLse(problem, ladder.tolerance.usual().patterned());
        return new OutputsExpectation(
                List.of(expected, new ToleranceExpectation(lse, ScoreTolerance.same(ofLogs), ladder.logs, null)));
    }

    /** Computes the sample's rows of one sequence and key/value head; its keys are decoded once, if at all. */
    private void expect(Sequence sequence, int kvHead) {
        int group = Math.toIntExact(problem.shape().groupSize());
        boolean turned = false;
        for (int query = 0; query < sequence.queries(); query++) {
            for (int head = kvHead * group; head < (kvHead + 1) * group; head++) {
                int row = sequence.outputRow(query, head, problem.shape());
                if (elements.sample().classOf(row) == RowClass.NONE) {
                    continue;
                }
                if (!turned) {
                    oracle.turnTo(sequence, kvHead);
                    turned = true;
                }
                set(row, oracle.row(query, head));
            }
        }
    }

    private void set(int row, AttentionOracle.Row expected) {
        if (expected.logSumExp() == Double.NEGATIVE_INFINITY) {
            setExactly(row, expected);
            return;
        }
        Tolerance ofRow = tolerance.ofScore(expected.largestScore());
        for (int d = 0; d < expected.output().length; d++) {
            double value = expected.output()[d];
            double distance = ExpectedElements.distance(ofRow, value, expected.absSum()[d], expected.squares()[d]);
            elements.set(row, d, value, distance + SMALLEST_WEIGHT * expected.unweighted()[d]);
        }
        if (logs != null) {
            double score = Math.max(ScoreTolerance.USUAL_SCORE, expected.largestScore()) + ScoreTolerance.PARTIAL_SUMS;
            logs.set(row, 0, Tolerance.ofLse(problem, tolerance.sums(), score), expected.logSumExp(), 0, 0);
        }
    }

    private void setExactly(int row, AttentionOracle.Row expected) {
        for (int d = 0; d < expected.output().length; d++) {
            elements.set(row, d, expected.output()[d], 0);
        }
        if (logs != null) {
            logs.set(row, 0, expected.logSumExp(), 0);
        }
    }
}
