package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.CounterRandom;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantTensor;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import java.util.List;
import java.util.stream.IntStream;

/** Runs the oracle on stored and on drawn operands for a few rows, and compares. */
final class PrecisionSample {
    private static final int ROWS = 8;
    private static final int COLS = 512;

    private final OperandSet operands;
    private final CounterRandom random;
    private final ErrorTally tally = new ErrorTally();

    private PrecisionSample(OperandSet operands) {
        this.operands = operands;
        this.random = CounterRandom.of(operands.seed(), "precision sample");
    }

    /** The error of the problem's precision on these operands, or null if it is not known what they were made from. */
    static PrecisionError of(Problem problem, OperandSet operands) {
        if (!operands.isDrawn()) {
            return null;
        }
        PrecisionSample sample = new PrecisionSample(operands);
        if (problem instanceof GemmProblem gemm) {
            sample.multiply(gemm);
        } else if (problem instanceof AttentionProblem attention) {
            sample.attend(attention);
        } else {
            sample.quantise((QuantizeProblem) problem);
        }
        return PrecisionError.of(sample.tally.verdict("", "", 0, 0));
    }

    private void multiply(GemmProblem problem) {
        GemmOracle stored = new GemmOracle(problem.shape(), Inputs.stored(operands));
        GemmOracle drawn = new GemmOracle(problem.shape(), Inputs.drawn(operands));
        int width = Math.min(COLS, stored.cols());
        int first = random.below(stored.cols() - width + 1, 0);
        int[] cols = IntStream.range(first, first + width).toArray();
        for (int i = 1; i <= Math.min(ROWS, stored.rows()); i++) {
            int[] row = {random.below(stored.rows(), i)};
            int expert = stored.expertOf(row[0]);
            double[] ideal = new double[width];
            drawn.cross(expert, row, cols, (r, c, sum, abs, squares) -> ideal[c] = sum);
            stored.cross(
                    expert,
                    row,
                    cols,
                    (r, c, sum, abs, squares) ->
                            compare(ideal[c], sum, problem.precision().output()));
        }
    }

    private void attend(AttentionProblem problem) {
        AttentionShape shape = problem.shape();
        AttentionOracle stored = new AttentionOracle(shape, Inputs.stored(operands));
        AttentionOracle drawn = new AttentionOracle(shape, Inputs.drawn(operands));
        List<Sequence> sequences = stored.sequences();
        for (int i = 0; i < ROWS; i++) {
            Sequence sequence = sequences.get(random.below(sequences.size(), 3L * i));
            int head = random.below((int) shape.qHeads(), 3L * i + 1);
            int query = random.below(sequence.queries(), 3L * i + 2);
            double[] ideal = row(drawn, sequence, query, head, shape);
            double[] real = row(stored, sequence, query, head, shape);
            for (int d = 0; d < real.length; d++) {
                compare(ideal[d], real[d], problem.precision().output());
            }
        }
    }

    private static double[] row(AttentionOracle oracle, Sequence sequence, int query, int head, AttentionShape shape) {
        oracle.turnTo(sequence, head / (int) shape.groupSize());
        return oracle.row(query, head).output();
    }

    private void quantise(QuantizeProblem problem) {
        boolean encodes = operands.matrix("codes").role() == OperandSpec.Role.OUTPUT;
        String name = encodes ? "x" : "codes";
        InputMatrix drawn = Inputs.drawn(operands).matrix(name);
        DecodedMatrix stored = DecodedMatrix.of(operands, name);
        QuantCodec codec = QuantCodecs.of(problem.format());
        QuantTensor tensor = encodes
                ? codec.encode(stored.rows(0, 0, stored.rows()), stored.rows(), stored.cols())
                : stored.tensor(0);
        int rows = Math.min(ROWS, stored.rows());
        float[] ideal = drawn.rows(0, 0, rows);
        float[] real = codec.decodeRows(tensor, 0, rows);
        for (int i = 0; i < real.length; i++) {
            compare(ideal[i], real[i], encodes ? DType.FP32 : problem.plain());
        }
    }

    private void compare(double ideal, double real, DType output) {
        float rounded = FloatCodec.round(output, (float) real);
        if (Double.isFinite(ideal) && Float.isFinite(rounded)) {
            tally.compare(ideal, Double.POSITIVE_INFINITY, rounded, null, 0, 0);
        }
    }
}
