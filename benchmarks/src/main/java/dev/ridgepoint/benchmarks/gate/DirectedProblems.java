package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.Int4Repacking;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.CellProblem;
import dev.ridgepoint.kernels.shape.CellShape;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.LayerProblem;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Small problems aimed at what kernels get wrong: extents of one, extents that fill no tile, groups that end ragged,
 * every mask, every layout of a cache. In every precision and format the operation has; a kernel meets those it supports.
 */
public final class DirectedProblems {
    private static final List<GemmShape> PRODUCTS = List.of(
            GemmShape.of(1, 1, 1),
            GemmShape.of(1, 129, 256),
            GemmShape.of(17, 33, 65),
            GemmShape.of(33, 96, 512),
            GemmShape.of(64, 64, 128),
            GemmShape.of(5, 130, 384),
            GemmShape.of(130, 259, 100),
            GemmShape.of(9, 70, 1100),
            // Few rows, for kernels that read a weight once: each of their entry points, columns of k that end ragged,
            // and shares of it.
            GemmShape.of(3, 17, 33),
            GemmShape.of(7, 12, 65),
            GemmShape.of(4, 33, 2304),
            // Rows that lie on 16 bytes in every type and end within 64.
            GemmShape.of(34, 130, 720),
            // More steps of k than are under way, whose rows begin where 16 bytes do, for each of their entry points.
            GemmShape.of(12, 40, 512),
            GemmShape.of(20, 33, 512),
            GemmShape.of(33, 17, 512),
            GemmShape.grouped(6, 32, 256, 4, 2),
            GemmShape.grouped(150, 20, 40, 3, 2),
            GemmShape.grouped(3, 9, 33, 40, 5),
            // Four rows and more a thread of the block that brings rows together: its loops are unrolled so often.
            GemmShape.grouped(2050, 1, 8, 3, 2),
            GemmShape.batched(3, 5, 32, 256));

    /**
     * Epilogues where columns end ragged, odd and even; where k is shared by blocks, so that one applied to a share shows; with
     * a bias for each expert and each product of a batch.
     */
    private static final List<GemmShape> WITH_EPILOGUE = List.of(
            GemmShape.of(1, 1, 1).with(Epilogue.BIAS_SILU),
            GemmShape.of(17, 33, 65).with(Epilogue.BIAS),
            GemmShape.of(33, 96, 512).with(Epilogue.BIAS_GELU),
            GemmShape.of(130, 259, 128).with(Epilogue.BIAS_GELU),
            GemmShape.of(130, 262, 128).with(Epilogue.BIAS_GELU_TANH),
            GemmShape.of(9, 72, 1152).with(Epilogue.BIAS),
            GemmShape.of(9, 70, 1100).with(Epilogue.BIAS_GELU_TANH),
            GemmShape.of(5, 67, 1280).with(Epilogue.BIAS_GELU),
            GemmShape.grouped(6, 32, 256, 4, 2).with(Epilogue.BIAS_SILU),
            GemmShape.batched(3, 5, 32, 256).with(Epilogue.BIAS_GELU),
            GemmShape.batched(2, 5, 33, 2048).with(Epilogue.BIAS_SILU));

    /**
     * Fills any device with tiles of 128, so that a kernel with a choice takes its largest by its own rule; and has more than one band
     * of them, which blocks take in an order of their own. In bf16 alone, as the order knows no type: large tiles of every kernel
     * meet small problems as on a device of one SM ({@link SmallestDevice}).
     */
    private static final Problem LARGE = new GemmProblem(GemmShape.of(1700, 1732, 72), Precision.BF16);

    /** A chunk of a prompt, decoding tokens, a short prompt and one of several tiles. */
    private static final List<Segment> RAGGED =
            List.of(new Segment(1, 35, 50), new Segment(2, 1, 17), new Segment(1, 4, 4), new Segment(1, 66, 130));

    /** Sequences without keys, without queries, without either, and with more queries than keys, among one of many keys. */
    private static final List<Segment> EMPTY = List.of(
            new Segment(1, 3, 0),
            new Segment(1, 0, 17),
            new Segment(2, 1, 0),
            new Segment(1, 1, 1100),
            new Segment(1, 0, 0),
            new Segment(1, 7, 5),
            new Segment(1, 1, 0));

    private static final List<AttentionShape> ATTENTIONS = List.of(
            AttentionShape.of(1, 1, 1, 1, 1, 8, Mask.FULL),
            AttentionShape.of(2, 4, 4, 7, 7, 64, Mask.FULL),
            AttentionShape.of(1, 8, 2, 33, 33, 64, Mask.CAUSAL),
            AttentionShape.of(3, 8, 2, 1, 129, 128, Mask.CAUSAL),
            AttentionShape.of(1, 8, 1, 1, 65, 80, Mask.CAUSAL),
            AttentionShape.of(1, 4, 2, 8, 40, 32, Mask.CAUSAL),
            AttentionShape.of(2, 4, 4, 5, 77, 40, Mask.FULL),
            AttentionShape.of(1, 2, 1, 19, 19, 16, Mask.CAUSAL).withWindow(Mask.SLIDING, 5),
            AttentionShape.of(1, 2, 2, 17, 17, 16, Mask.FULL).withWindow(Mask.LOCAL, 4),
            // Windows that are longer than what they look at, and than an int counts; and as long.
            AttentionShape.of(1, 2, 1, 9, 30, 16, Mask.CAUSAL).withWindow(Mask.SLIDING, 1L << 32),
            AttentionShape.of(2, 2, 1, 1, 40, 64, Mask.CAUSAL).withWindow(Mask.SLIDING, 40),
            AttentionShape.of(1, 2, 2, 20, 20, 16, Mask.FULL).withWindow(Mask.LOCAL, 4096),
            AttentionShape.of(3, 8, 2, 1, 37, 64, Mask.CAUSAL).withPages(16),
            AttentionShape.of(1, 4, 2, 5, 21, 64, Mask.TREE),
            AttentionShape.of(1, 4, 2, 75, 140, 128, Mask.CAUSAL),
            AttentionShape.of(1, 8, 2, 1, 1100, 64, Mask.CAUSAL),
            AttentionShape.of(1, 2, 1, 3, 600, 256, Mask.CAUSAL).withPages(32),
            AttentionShape.of(1, 22, 2, 1, 300, 128, Mask.CAUSAL),
            AttentionShape.of(1, 71, 1, 1, 150, 64, Mask.CAUSAL),
            AttentionShape.of(2, 6, 2, 2, 270, 96, Mask.CAUSAL)
                    .withWindow(Mask.SLIDING, 100)
                    .withPages(16),
            AttentionShape.of(2, 4, 1, 8, 130, 64, Mask.TREE).withPages(16),
            AttentionShape.of(2, 2, 1, 90, 90, 64, Mask.CAUSAL).withWindow(Mask.SLIDING, 33),
            AttentionShape.of(1, 2, 2, 100, 100, 96, Mask.FULL).withWindow(Mask.LOCAL, 40),
            values(AttentionShape.of(1, 4, 4, 9, 9, 96, Mask.CAUSAL), 64, false, 0, List.of()),
            values(AttentionShape.of(2, 8, 1, 1, 50, 96, Mask.CAUSAL), 64, true, 0, List.of()),
            values(AttentionShape.of(1, 16, 1, 1, 300, 576, Mask.CAUSAL), 512, true, 0, List.of()),
            values(AttentionShape.of(2, 20, 1, 2, 70, 576, Mask.CAUSAL).withPages(16), 512, true, 0, List.of()),
            values(AttentionShape.of(1, 2, 2, 11, 11, 16, Mask.FULL), 16, false, 8, List.of()),
            values(
                    AttentionShape.of(1, 4, 2, 1, 1, 64, Mask.CAUSAL),
                    64,
                    false,
                    0,
                    List.of(new Segment(1, 3, 9), new Segment(2, 1, 17), new Segment(1, 1, 1))));

    /**
     * Rows that see no key: more queries than keys, in the tile that sees some and in tiles of their own, with a window and in
     * pages; sequences without keys or queries, under every kind of mask that has them, where keys are shared by blocks too.
     */
    private static final List<AttentionShape> SEEING_NOTHING = List.of(
            AttentionShape.of(1, 4, 2, 20, 9, 64, Mask.CAUSAL),
            AttentionShape.of(2, 2, 1, 140, 70, 40, Mask.CAUSAL).withLse(),
            AttentionShape.of(2, 4, 2, 12, 5, 96, Mask.CAUSAL)
                    .withWindow(Mask.SLIDING, 3)
                    .withPages(4)
                    .withLse(),
            AttentionShape.of(1, 2, 1, 75, 40, 16, Mask.CAUSAL).withWindow(Mask.SLIDING, 33),
            values(AttentionShape.of(1, 4, 2, 1, 1, 64, Mask.CAUSAL), 64, false, 0, EMPTY),
            values(AttentionShape.of(1, 4, 2, 1, 1, 128, Mask.CAUSAL), 128, false, 0, EMPTY)
                    .withPages(16)
                    .withLse(),
            values(AttentionShape.of(1, 2, 2, 1, 1, 40, Mask.FULL), 40, false, 0, EMPTY)
                    .withLse(),
            values(AttentionShape.of(1, 16, 1, 1, 1, 576, Mask.CAUSAL), 512, true, 0, EMPTY)
                    .withLse());

    /** With the logarithms of sums of exponentials: prefill and decode, keys shared by blocks, pages, ragged, MLA. */
    private static final List<AttentionShape> WITH_LSE = List.of(
            AttentionShape.of(2, 4, 2, 75, 140, 64, Mask.CAUSAL).withLse(),
            AttentionShape.of(1, 4, 4, 70, 70, 40, Mask.FULL).withLse(),
            AttentionShape.of(2, 2, 1, 90, 90, 128, Mask.CAUSAL)
                    .withWindow(Mask.SLIDING, 33)
                    .withLse(),
            AttentionShape.of(3, 8, 2, 1, 37, 64, Mask.CAUSAL).withPages(16).withLse(),
            AttentionShape.of(1, 8, 2, 1, 1100, 64, Mask.CAUSAL).withLse(),
            AttentionShape.of(1, 4, 2, 5, 21, 64, Mask.TREE).withLse(),
            values(AttentionShape.of(1, 16, 1, 1, 300, 576, Mask.CAUSAL), 512, true, 0, List.of())
                    .withLse(),
            values(
                            AttentionShape.of(1, 4, 2, 1, 1, 64, Mask.CAUSAL),
                            64,
                            false,
                            0,
                            List.of(new Segment(1, 3, 9), new Segment(2, 1, 17), new Segment(1, 1, 1)))
                    .withLse());

    /**
     * Queries and keys turned first: both ways of pairing, parts of a head, every width that is computed with, prefill, the
     * next chunk of one, decode with keys shared by blocks, windows, pages, ragged.
     */
    private static final List<AttentionShape> TURNED_FIRST = List.of(
            rope(AttentionShape.of(1, 1, 1, 1, 1, 16, Mask.FULL), Rotary.HALF),
            rope(AttentionShape.of(2, 8, 2, 70, 70, 64, Mask.CAUSAL), Rotary.HALF),
            rope(AttentionShape.of(1, 4, 2, 75, 140, 128, Mask.CAUSAL), Rotary.INTERLEAVED)
                    .withLse(),
            rope(AttentionShape.of(1, 4, 4, 33, 200, 96, Mask.CAUSAL).withPages(16), Rotary.HALF),
            rope(AttentionShape.of(1, 2, 1, 40, 90, 256, Mask.CAUSAL).withWindow(Mask.SLIDING, 33), Rotary.INTERLEAVED),
            rope(AttentionShape.of(2, 2, 2, 50, 50, 80, Mask.FULL).withWindow(Mask.LOCAL, 20), Rotary.HALF),
            rope(AttentionShape.of(1, 8, 2, 1, 1100, 64, Mask.CAUSAL), Rotary.HALF),
            // Small, and still more than one tile of keys at each width of head.
            rope(AttentionShape.of(1, 1, 1, 3, 130, 96, Mask.CAUSAL), Rotary.HALF),
            rope(AttentionShape.of(1, 1, 1, 3, 130, 256, Mask.CAUSAL), Rotary.INTERLEAVED),
            AttentionShape.of(2, 4, 2, 65, 65, 80, Mask.FULL).withRope(new Rope(Rotary.HALF, 32)),
            values(AttentionShape.of(1, 4, 4, 9, 20, 192, Mask.CAUSAL), 128, false, 0, List.of())
                    .withRope(new Rope(Rotary.INTERLEAVED, 64)),
            AttentionShape.of(1, 2, 1, 3, 5, 40, Mask.CAUSAL).withRope(new Rope(Rotary.HALF, 8)),
            // Queries before the first key, which stand at no position.
            rope(AttentionShape.of(1, 4, 2, 50, 9, 64, Mask.CAUSAL), Rotary.HALF),
            rope(values(AttentionShape.of(1, 4, 2, 1, 1, 64, Mask.CAUSAL), 64, false, 0, EMPTY), Rotary.INTERLEAVED)
                    .withPages(16)
                    .withLse(),
            rope(values(AttentionShape.of(1, 4, 2, 1, 1, 64, Mask.CAUSAL), 64, false, 0, RAGGED), Rotary.INTERLEAVED),
            rope(
                    values(AttentionShape.of(1, 6, 2, 1, 1, 128, Mask.CAUSAL), 128, false, 0, RAGGED)
                            .withPages(16),
                    Rotary.HALF));

    private static AttentionShape rope(AttentionShape shape, Rotary rotary) {
        return shape.withRope(new Rope(rotary, shape.headDim()));
    }

    /** New tokens of one sequence and of ragged ones, in pages that they fill, cross and do not reach. */
    private static final List<AppendShape> APPENDS = List.of(
            AppendShape.of(1, 1, 1, 1, 64, Rotary.HALF),
            AppendShape.of(3, 2, 1, 37, 128, Rotary.HALF),
            AppendShape.of(2, 4, 5, 21, 64, Rotary.INTERLEAVED),
            AppendShape.of(2, 2, 33, 33, 128, Rotary.INTERLEAVED),
            AppendShape.of(3, 2, 1, 33, 128, Rotary.HALF).withPages(16),
            AppendShape.of(2, 3, 20, 40, 256, Rotary.HALF).withPages(16),
            AppendShape.of(1, 2, 7, 7, 96, Rotary.INTERLEAVED).withPages(8),
            AppendShape.of(2, 2, 3, 9, 80, 64, Rotary.HALF, 32, 4, List.of()),
            AppendShape.of(2, 1, 3, 9, 192, 128, Rotary.INTERLEAVED, 64, 0, List.of()),
            AppendShape.of(1, 2, 2, 5, 40, Rotary.HALF),
            AppendShape.of(2, 3, 4, 19, 64, Rotary.NONE),
            AppendShape.of(3, 2, 1, 33, 128, Rotary.NONE).withPages(16),
            ragged(Rotary.HALF, 0),
            ragged(Rotary.INTERLEAVED, 16),
            AppendShape.of(
                    1,
                    2,
                    0,
                    0,
                    64,
                    64,
                    Rotary.HALF,
                    64,
                    16,
                    List.of(new Segment(1, 0, 17), new Segment(1, 3, 19), new Segment(2, 0, 0), new Segment(1, 1, 1))));

    private static AppendShape ragged(Rotary rotary, long page) {
        List<Segment> segments = List.of(new Segment(2, 1, 17), new Segment(1, 35, 50), new Segment(3, 4, 4));
        return AppendShape.of(1, 2, 0, 0, 64, 64, rotary, 64, page, segments);
    }

    /**
     * Rows and columns; the last group of the second is ragged in every format that has groups. The last two are for blocks
     * that take a row: of several warps, and of a row longer than the registers of the largest block hold.
     */
    private static final long[][] MATRICES = {{1, 1}, {3, 290}, {130, 256}, {129, 384}, {2, 2100}, {1, 33_003}};

    /** As fp16 differs from bf16 in how it is read and rounded alone: ragged, every kind of row, and several warps a row. */
    private static final long[][] FEW_MATRICES = {{3, 290}, {130, 256}, {2, 2100}};

    private static final Map<DType, long[][]> PLAIN =
            new EnumMap<>(Map.of(DType.FP32, MATRICES, DType.FP16, FEW_MATRICES, DType.BF16, MATRICES));

    /** Rows for every kind of adversarial row; short and many for a warp each, ragged, and longer than registers hold. */
    private static final long[][] ROWS = {
        {1, 1}, {16, 1}, {17, 33}, {16, 290}, {800, 40}, {700, 264}, {16, 4096}, {3, 33_003}
    };

    /** Sequences and width of the state: one, rows that end ragged, and as many as there are kinds of adversarial row. */
    private static final long[][] CELLS = {{1, 1}, {16, 33}, {3, 1024}, {33, 200}};
    /** Of codes whose source lies the other way: either extent ragged, both, neither. */
    private static final long[][] TURNED = {{1, 1}, {3, 290}, {130, 256}, {136, 300}, {261, 136}};

    /** Channels and columns of words: of one, ragged in either and in both, whole, and more of each than a block takes. */
    private static final long[][] REPACKED = {
        {1, 1}, {8, 8}, {3, 290}, {12, 64}, {130, 256}, {257, 129}, {264, 200}, {5, 1100}
    };

    /** Of functions of elements; as many rows as there are kinds of adversarial row, ragged, and one of a single element. */
    private static final long[][] ELEMENTS = {{1, 1}, {16, 33}, {3, 4096}, {33, 200}};

    /** Rows that turn: whole, in part, of one token, and of more than a block. */
    private static final List<RotateShape> TURNS = List.of(
            new RotateShape(1, 1, 64, Rotary.HALF, 64, 1),
            new RotateShape(7, 3, 128, Rotary.INTERLEAVED, 128, 300),
            new RotateShape(16, 2, 80, Rotary.HALF, 32, 50),
            new RotateShape(150, 4, 96, Rotary.INTERLEAVED, 64, 2000),
            new RotateShape(2, 2, 40, Rotary.HALF, 40, 9));

    private DirectedProblems() {}

    /** All of them. */
    public static List<Problem> all() {
        List<Problem> problems = new ArrayList<>();
        for (Precision precision : Precision.ALL) {
            if (!precision.quantisesCacheOnly()) {
                PRODUCTS.forEach(shape -> add(problems, () -> new GemmProblem(shape, precision)));
                WITH_EPILOGUE.forEach(shape -> add(problems, () -> new GemmProblem(shape, precision)));
            }
            APPENDS.forEach(shape -> add(problems, () -> new AppendProblem(shape, precision)));
            if (!precision.isWeightOnly()) {
                ATTENTIONS.forEach(shape -> add(problems, () -> new AttentionProblem(shape, precision)));
                SEEING_NOTHING.forEach(shape -> add(problems, () -> new AttentionProblem(shape, precision)));
                WITH_LSE.forEach(shape -> add(problems, () -> new AttentionProblem(shape, precision)));
                TURNED_FIRST.forEach(shape -> add(problems, () -> new AttentionProblem(shape, precision)));
            }
        }
        problems.add(LARGE);
        for (QuantFormat format : QuantFormat.ALL) {
            for (Direction direction : Direction.values()) {
                PLAIN.forEach((plain, matrices) -> {
                    for (long[] extents : matrices) {
                        add(problems, () -> QuantizeProblem.of(direction, extents[0], extents[1], plain, format));
                    }
                });
            }
        }
        for (Precision precision : PlainProblem.PRECISIONS) {
            for (long[] extents : CELLS) {
                problems.add(new CellProblem(new CellShape(extents[0], extents[1]), precision));
            }
        }
        for (RowFunction function : RowFunction.values()) {
            for (Precision precision : PlainProblem.PRECISIONS) {
                for (long[] extents : ROWS) {
                    problems.add(new RowProblem(new RowShape(function, extents[0], extents[1]), precision));
                }
            }
        }
        for (Precision precision : PlainProblem.PRECISIONS) {
            for (PointwiseFunction function : PointwiseFunction.values()) {
                for (long[] extents : ELEMENTS) {
                    problems.add(new PointwiseProblem(new PointwiseShape(function, extents[0], extents[1]), precision));
                }
            }
            TURNS.forEach(shape -> problems.add(new RotateProblem(shape, precision)));
            DirectedLayers.all().forEach(shape -> problems.add(new LayerProblem(shape, precision)));
        }
        for (QuantFormat format : Int4Repacking.LAYOUTS) {
            for (long[] extents : REPACKED) {
                problems.add(new RepackProblem(new RepackShape(extents[0], extents[1]), format));
            }
        }
        addTransposed(problems);
        addStatic(problems);
        return List.copyOf(problems);
    }

    private static void addStatic(List<Problem> problems) {
        for (QuantFormat format : QuantFormat.ALL) {
            if (format.granularity().equals(Granularity.PER_TENSOR)) {
                PLAIN.forEach((plain, matrices) -> {
                    for (long[] extents : matrices) {
                        problems.add(QuantizeProblem.underScale(extents[0], extents[1], plain, format));
                    }
                });
            }
        }
    }

    /** Of eight-bit codes alone: nobody publishes others of what lies the other way. */
    private static void addTransposed(List<Problem> problems) {
        for (QuantFormat format : QuantFormat.ALL) {
            if (format.layout() == QuantFormat.Layout.BYTES) {
                for (DType plain : List.of(DType.FP32, DType.FP16, DType.BF16)) {
                    for (long[] extents : TURNED) {
                        add(
                                problems,
                                () -> QuantizeProblem.of(
                                        Direction.QUANTIZE, extents[0], extents[1], plain, format, true));
                    }
                }
            }
        }
    }

    /** Shapes that a precision does not have are no problems. */
    private static void add(List<Problem> problems, Supplier<Problem> problem) {
        try {
            problems.add(problem.get());
        } catch (IllegalArgumentException impossible) {
            // Such as groups of 256 in a row of one.
        }
    }

    private static AttentionShape values(
            AttentionShape shape, long valueDim, boolean shared, long relPositions, List<Segment> segments) {
        boolean ragged = !segments.isEmpty();
        return new AttentionShape(
                shape.batch(),
                shape.qHeads(),
                shape.kvHeads(),
                ragged ? 0 : shape.seqLenQ(),
                ragged ? 0 : shape.seqLenKv(),
                shape.headDim(),
                valueDim,
                shape.mask(),
                shape.window(),
                shape.pageSize(),
                shared,
                relPositions,
                segments);
    }
}
