package dev.ridgepoint.benchmarks.counts;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Int4Repacking;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.CellProblem;
import dev.ridgepoint.kernels.shape.CellShape;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.PointwiseProblem;
import dev.ridgepoint.kernels.shape.PointwiseShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.shape.RepackProblem;
import dev.ridgepoint.kernels.shape.RepackShape;
import dev.ridgepoint.kernels.shape.Rope;
import dev.ridgepoint.kernels.shape.Rotary;
import dev.ridgepoint.kernels.shape.RotateProblem;
import dev.ridgepoint.kernels.shape.RotateShape;
import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.RowProblem;
import dev.ridgepoint.kernels.shape.RowShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Problems that kernels are counted on: large enough that their steady loops outweigh what surrounds them, and without
 * ragged edges, which the directed problems of the gate are for.
 */
final class CountedProblems {
    private static final List<GemmShape> PRODUCTS =
            List.of(GemmShape.of(1, 256, 4096), GemmShape.of(32, 256, 1024), GemmShape.of(256, 256, 512));

    /** Behind the sum of shares of k, and in registers. */
    private static final List<GemmShape> FINISHED = List.of(
            GemmShape.of(32, 256, 1024).with(Epilogue.BIAS_GELU),
            GemmShape.of(256, 256, 128).with(Epilogue.BIAS_GELU));

    private static final List<AttentionShape> ATTENTIONS = List.of(
            AttentionShape.of(1, 4, 2, 256, 256, 64, Mask.CAUSAL),
            AttentionShape.of(1, 4, 2, 256, 256, 64, Mask.CAUSAL).withRope(new Rope(Rotary.HALF, 64)),
            AttentionShape.of(2, 8, 2, 1, 1024, 128, Mask.CAUSAL),
            AttentionShape.of(2, 8, 2, 1, 1024, 128, Mask.CAUSAL).withPages(16),
            // Latent: one cache of 576 for all heads, whose first 512 are the values.
            new AttentionShape(2, 32, 1, 1, 1024, 576, 512, Mask.CAUSAL, 0, 0, true, 0, List.of()));

    private static final List<AppendShape> APPENDS = List.of(
            AppendShape.of(64, 8, 1, 512, 128, Rotary.HALF).withPages(16),
            AppendShape.of(2, 8, 512, 512, 128, Rotary.HALF));

    /** Queries of a prompt. */
    private static final RotateShape TURN = new RotateShape(512, 32, 128, Rotary.HALF, 128, 512);

    private static final long ROWS = 512;
    private static final long COLS = 4096;

    /** As scores of many heads over a short sentence: a row a warp. */
    private static final long MANY_ROWS = 4096;

    private static final long SHORT_ROW = 512;

    private static final long SEQUENCES = 256;
    private static final long HIDDEN = 1024;

    private CountedProblems() {}

    static List<Problem> all() {
        List<Problem> problems = new ArrayList<>();
        for (Precision precision : Precision.ALL) {
            PRODUCTS.forEach(shape -> add(problems, () -> new GemmProblem(shape, precision)));
            FINISHED.forEach(shape -> add(problems, () -> new GemmProblem(shape, precision)));
            ATTENTIONS.forEach(shape -> add(problems, () -> new AttentionProblem(shape, precision)));
            APPENDS.forEach(shape -> add(problems, () -> new AppendProblem(shape, precision)));
        }
        for (QuantFormat format : QuantFormat.ALL) {
            for (Direction direction : Direction.values()) {
                add(problems, () -> QuantizeProblem.of(direction, ROWS, COLS, DType.BF16, format));
            }
            add(problems, () -> QuantizeProblem.of(Direction.QUANTIZE, ROWS, COLS, DType.BF16, format, true));
            add(problems, () -> QuantizeProblem.underScale(ROWS, COLS, DType.BF16, format));
        }
        for (Precision precision : PlainProblem.PRECISIONS) {
            problems.add(new CellProblem(new CellShape(SEQUENCES, HIDDEN), precision));
            for (PointwiseFunction function : PointwiseFunction.values()) {
                problems.add(new PointwiseProblem(new PointwiseShape(function, ROWS, COLS), precision));
            }
            add(problems, () -> new RotateProblem(TURN, precision));
        }
        for (QuantFormat format : Int4Repacking.LAYOUTS) {
            problems.add(new RepackProblem(new RepackShape(ROWS, COLS), format));
        }
        for (RowFunction function : RowFunction.values()) {
            problems.add(new RowProblem(new RowShape(function, ROWS, COLS), Precision.BF16));
            problems.add(new RowProblem(new RowShape(function, ROWS, COLS), Precision.FP16));
            problems.add(new RowProblem(new RowShape(function, MANY_ROWS, SHORT_ROW), Precision.FP32));
        }
        return List.copyOf(problems);
    }

    /** Shapes that a precision does not have are no problems. */
    private static void add(List<Problem> problems, Supplier<Problem> problem) {
        try {
            problems.add(problem.get());
        } catch (IllegalArgumentException impossible) {
            // Such as attention by weights alone.
        }
    }
}
