package dev.ridgepoint.device.cuda;

import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.CellProblem;
import dev.ridgepoint.kernels.shape.CellShape;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small problem that is the end of one whose tensors have more than 2^31 elements: the last rows, columns or sequences. Each
 * operand of the small one lies at the end of the large one's, or, where that is cut into equal slices, at the end of each.
 *
 * @param slices of operands that have more than one, by name
 */
record FarCase(Problem large, Problem small, Map<String, Integer> slices) {
    /** Blocks down a grid; kernels with more rows take them in turns, and the last rows are the last blocks' if it divides. */
    private static final long DOWN = 65_535;
    /** Columns of the small problem where columns are many; a word of int4 has eight. */
    private static final long FEW = 8;

    private static final long GROUP = 128;
    /** Of 256 codes of four bits each more than 2^31 bytes. */
    private static final long MANY_CHANNELS = 25_167_000;

    private static final long MANY_ROWS = DOWN * 120;
    private static final long MANY_COLS = DOWN * GROUP * 33;
    /** More blocks than a processor has at once: where blocks just fill the device, its processors divide rows so often. */
    private static final long FULL = 32;

    /** For a device of so many processors. */
    static List<FarCase> all(long units) {
        List<FarCase> all = new ArrayList<>();
        for (Precision precision : Precision.ALL) {
            if (!precision.quantisesCacheOnly()) {
                products(precision, all);
            }
        }
        attention(all);
        appending(all);
        for (QuantFormat format : QuantFormat.ALL) {
            coding(format, units, all);
        }
        repacking(QuantFormat.INT4_G128_AWQ, Map.of("codes", 64, "toCodes", 64 / 8), all);
        repacking(QuantFormat.INT4_G128_GPTQ, Map.of("codes", 64 / 8, "toCodes", 64), all);
        for (Precision precision : List.of(Precision.BF16, Precision.FP16)) {
            add(all, turning(FULL * units * 1000, precision), turning(FEW, precision));
        }
        for (Precision precision : PlainProblem.PRECISIONS) {
            for (PointwiseFunction function : PointwiseFunction.values()) {
                add(all, elements(function, FULL * units * 1000, precision), elements(function, FEW, precision));
            }
            for (RowFunction function : RowFunction.values()) {
                add(all, rows(function, MANY_ROWS, 512, precision), rows(function, FEW, 512, precision));
                add(all, rows(function, DOWN * 9, 4096, precision), rows(function, FEW, 4096, precision));
            }
            add(
                    all,
                    new CellProblem(new CellShape(DOWN * 36, 1024), precision),
                    new CellProblem(new CellShape(FEW, 1024), precision));
        }
        return all;
    }

    /** Many columns of few channels, and many channels, whose words lie slice after slice. */
    private static void repacking(QuantFormat format, Map<String, Integer> slices, List<FarCase> all) {
        add(all, repack(FEW, MANY_COLS, format), repack(FEW, 2 * GROUP, format));
        // The columns of one block, so that the last blocks have all of the last channels; more than 2^31 words, too.
        all.add(new FarCase(repack(16 * MANY_CHANNELS, 64, format), repack(FEW, 64, format), slices));
    }

    private static Problem repack(long rows, long cols, QuantFormat format) {
        return new RepackProblem(new RepackShape(rows, cols), format);
    }

    private static Problem turning(long tokens, Precision precision) {
        return new RotateProblem(new RotateShape(tokens, 4, 128, Rotary.HALF, 128, 50), precision);
    }

    private static Problem elements(PointwiseFunction function, long rows, Precision precision) {
        return new PointwiseProblem(new PointwiseShape(function, rows, 512), precision);
    }

    private static void products(Precision precision, List<FarCase> all) {
        long width = precision.equals(Precision.FP32) ? 72 : 256;
        long cols = precision.equals(Precision.FP32) ? 72 : 136;
        long rows = precision.equals(Precision.FP32) ? DOWN * 512 : DOWN * 256;
        add(all, product(rows, cols, width, precision), product(1, cols, width, precision));
        Map<String, Integer> slices = new HashMap<>();
        QuantFormat weight = precision.weightFormat();
        if (weight != null && inWords(weight)) {
            // Codes, scales and zero points of all channels of a step of k, then those of the next step.
            slices.put("b", weight.layout() == QuantFormat.Layout.AWQ ? 256 : 256 / weight.codesInWord());
            slices.put("bScales", 2);
            slices.put("bZeros", 2);
        }
        all.add(new FarCase(
                product(1, MANY_CHANNELS, 256, precision), product(1, FEW, 256, precision), Map.copyOf(slices)));
    }

    private static boolean inWords(QuantFormat format) {
        return format.layout() == QuantFormat.Layout.AWQ || format.layout() == QuantFormat.Layout.GPTQ;
    }

    private static Problem product(long m, long n, long k, Precision precision) {
        return new GemmProblem(GemmShape.of(m, n, k), precision);
    }

    private static void attention(List<FarCase> all) {
        for (Precision precision :
                List.of(Precision.BF16, Precision.FP16, Precision.BF16_KV_INT8, Precision.BF16_KV_FP8)) {
            AttentionShape decode = AttentionShape.of(DOWN, 8, 2, 1, 129, 128, Mask.CAUSAL);
            AttentionShape few = AttentionShape.of(2, 8, 2, 1, 129, 128, Mask.CAUSAL);
            add(all, new AttentionProblem(decode, precision), new AttentionProblem(few, precision));
            add(
                    all,
                    new AttentionProblem(decode.withPages(16), precision),
                    new AttentionProblem(few.withPages(16), precision));
        }
        for (Precision precision : List.of(Precision.BF16, Precision.FP16)) {
            AttentionShape prefill = AttentionShape.of(DOWN, 8, 8, 33, 33, 128, Mask.CAUSAL);
            AttentionShape one = AttentionShape.of(1, 8, 8, 33, 33, 128, Mask.CAUSAL);
            Rope rope = new Rope(Rotary.HALF, 128);
            add(all, new AttentionProblem(prefill, precision), new AttentionProblem(one, precision));
            add(
                    all,
                    new AttentionProblem(prefill.withRope(rope), precision),
                    new AttentionProblem(one.withRope(rope), precision));
        }
        add(all, new AttentionProblem(latent(DOWN), Precision.BF16), new AttentionProblem(latent(2), Precision.BF16));
    }

    private static AttentionShape latent(long batch) {
        return new AttentionShape(batch, 16, 1, 1, 60, 576, 512, Mask.CAUSAL, 0, 0, true, 0, List.of());
    }

    private static void appending(List<FarCase> all) {
        for (Precision precision :
                List.of(Precision.BF16, Precision.FP16, Precision.BF16_KV_INT8, Precision.BF16_KV_FP8)) {
            AppendShape many = AppendShape.of(DOWN, 8, 1, 33, 128, Rotary.HALF);
            AppendShape few = AppendShape.of(2, 8, 1, 33, 128, Rotary.HALF);
            add(all, new AppendProblem(many, precision), new AppendProblem(few, precision));
            add(all, new AppendProblem(many.withPages(16), precision), new AppendProblem(few.withPages(16), precision));
        }
    }

    private static void coding(QuantFormat format, long units, List<FarCase> all) {
        for (Direction direction : Direction.values()) {
            if (inWords(format)) {
                all.add(new FarCase(
                        QuantizeProblem.of(direction, FEW, MANY_COLS, DType.BF16, format),
                        QuantizeProblem.of(direction, FEW, 2 * GROUP, DType.BF16, format),
                        Map.of("x", (int) FEW, "y", (int) FEW)));
            } else if (direction == Direction.DEQUANTIZE || endsAlone(format)) {
                boolean byColumn = format.granularity().equals(Granularity.PER_COLUMN);
                add(
                        all,
                        QuantizeProblem.of(
                                direction, byColumn ? FULL * units * 1000 : MANY_ROWS, 512, DType.BF16, format),
                        QuantizeProblem.of(direction, FEW, 512, DType.BF16, format));
            }
        }
        if (format.layout() == QuantFormat.Layout.BYTES && endsAlone(format)) {
            transposed(format, all);
        }
        if (format.granularity().equals(Granularity.PER_TENSOR)) {
            add(
                    all,
                    QuantizeProblem.underScale(MANY_ROWS, 512, DType.BF16, format),
                    QuantizeProblem.underScale(FEW, 512, DType.BF16, format));
        }
    }

    /** Many columns where groups of them share scales, else many rows: what has to be read for a scale stays short. */
    private static void transposed(QuantFormat format, List<FarCase> all) {
        Granularity shared = format.granularity();
        if (shared.cols() == Granularity.ALL) {
            all.add(new FarCase(
                    QuantizeProblem.of(Direction.QUANTIZE, MANY_COLS, FEW, DType.BF16, format, true),
                    QuantizeProblem.of(Direction.QUANTIZE, 2 * GROUP, FEW, DType.BF16, format, true),
                    Map.of("x", (int) FEW)));
        } else {
            all.add(new FarCase(
                    QuantizeProblem.of(Direction.QUANTIZE, FEW, MANY_COLS, DType.BF16, format, true),
                    QuantizeProblem.of(Direction.QUANTIZE, FEW, 2 * GROUP, DType.BF16, format, true),
                    Map.of("codes", (int) FEW, "scales", shared.rows() == 1 ? (int) FEW : 1)));
        }
    }

    /** Whether codes at the end follow from what lies there: no scale is of all rows. */
    static boolean endsAlone(QuantFormat format) {
        return format.granularity().rows() != Granularity.ALL && !format.equals(QuantFormat.NVFP4);
    }

    private static Problem rows(RowFunction function, long rows, long cols, Precision precision) {
        return new RowProblem(new RowShape(function, rows, cols), precision);
    }

    private static void add(List<FarCase> all, Problem large, Problem small) {
        all.add(new FarCase(large, small, Map.of()));
    }

    /** Elements of the largest operand. */
    long elements() {
        return OperandSpecs.of(large).stream()
                .mapToLong(spec -> spec.bytes() * 8 / spec.type().bits())
                .max()
                .orElseThrow();
    }

    int slicesOf(OperandSpec spec) {
        return slices.getOrDefault(spec.name(), 1);
    }
}
