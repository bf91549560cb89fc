package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;

/** A shape in a precision we can compute: what a kernel is asked to do. */
public sealed interface Problem
        permits Problem.GemmProblem,
                Problem.AttentionProblem,
                Problem.AppendProblem,
                Problem.QuantizeProblem,
                RepackProblem,
                PlainProblem,
                LayerProblem {
    Shape shape();

    /** The name of the precision, as in files and on the command line. */
    String precisionId();

    /** The type whose peak rate bounds the multiplier. */
    DType compute();

    /** The least work, computed once by the formulas every other part uses. */
    WorkModel work();

    default String op() {
        return shape().op();
    }

    /** {@code gemm_m1_n4096_k4096_bf16}: unique for shape and precision. */
    default String id() {
        return shape().id() + "_" + precisionId();
    }

    /**
     * Every operation but quantising and repacking, in a precision.
     *
     * @throws IllegalArgumentException for these, whose format and plain type say more than a precision does, and
     *     where the operation has no such precision
     */
    static Problem of(Shape shape, Precision precision) {
        if (shape instanceof GemmShape gemm) {
            return new GemmProblem(gemm, precision);
        }
        if (shape instanceof AttentionShape attention) {
            return new AttentionProblem(attention, precision);
        }
        if (shape instanceof RowShape rows) {
            return new RowProblem(rows, precision);
        }
        if (shape instanceof CellShape cell) {
            return new CellProblem(cell, precision);
        }
        if (shape instanceof AppendShape append) {
            return new AppendProblem(append, precision);
        }
        if (shape instanceof PointwiseShape pointwise) {
            return new PointwiseProblem(pointwise, precision);
        }
        if (shape instanceof RotateShape rotate) {
            return new RotateProblem(rotate, precision);
        }
        if (shape instanceof LayerShape layer) {
            return new LayerProblem(layer, precision);
        }
        throw new IllegalArgumentException("op: a " + shape.op() + " is asked for by its format, not by a precision");
    }

    /** A matrix product. */
    record GemmProblem(GemmShape shape, Precision precision) implements Problem {
        @Override
        public String precisionId() {
            return precision.id();
        }

        @Override
        public DType compute() {
            return precision.compute();
        }

        @Override
        public WorkModel work() {
            return shape.work(precision.footprint());
        }
    }

    /** Softmax attention. */
    record AttentionProblem(AttentionShape shape, Precision precision) implements Problem {
        public AttentionProblem {
            boolean codes = precision.activationFormat() != null || precision.kvFormat() != null;
            if (shape.rope() != null && codes) {
                throw new IllegalArgumentException(
                        "precision: codes cannot be turned; what is turned is fp32, tf32, fp16 or bf16, not "
                                + precision);
            }
        }

        @Override
        public String precisionId() {
            return precision.id();
        }

        @Override
        public DType compute() {
            return precision.compute();
        }

        @Override
        public WorkModel work() {
            return shape.work(precision.footprint()).plus(new WorkModel(0, rowScaleBytes(), 0));
        }

        /** Scales that belong to a row of the cache, whose share of an element no footprint can know. */
        private double rowScaleBytes() {
            QuantFormat format = precision.kvFormat();
            if (format == null || !format.granularity().equals(Granularity.PER_ROW)) {
                return 0;
            }
            return shape.keyRowsRead()
                    * (shape.kvShared() ? 1 : 2)
                    * format.scale().bytes();
        }
    }

    /** Rotating new keys, and writing keys and values to the cache. */
    record AppendProblem(AppendShape shape, Precision precision) implements Problem {
        public AppendProblem {
            boolean quantised = precision.activationFormat() != null || precision.isWeightOnly();
            if (quantised || !precision.activation().isFloat() || precision.activation() == DType.TF32) {
                throw new IllegalArgumentException(
                        "precision: new keys and values are fp32, fp16 or bf16, which " + precision + " does not read");
            }
        }

        @Override
        public String precisionId() {
            return precision.id();
        }

        /** Elementwise work runs on the vector units, in fp32. */
        @Override
        public DType compute() {
            return DType.FP32;
        }

        @Override
        public WorkModel work() {
            WorkModel plain = shape.work(precision.footprint());
            QuantFormat format = precision.kvFormat();
            if (format == null) {
                return plain;
            }
            double scales = shape.tokens()
                    * shape.reader().kvHeads()
                    * 2
                    * format.scale().bytes();
            return plain.plus(new WorkModel(QuantizeShape.QUANTIZE_FLOPS * shape.elements(), 0, scales));
        }
    }

    /** Quantisation or its inverse, between a plain type and a quantised format. */
    record QuantizeProblem(QuantizeShape shape, DType plain, QuantFormat format) implements Problem {

        /** Sizes come from the format, so shape and format cannot disagree. */
        public static QuantizeProblem of(
                QuantizeShape.Direction direction, long rows, long cols, DType plain, QuantFormat format) {
            return of(direction, rows, cols, plain, format, false);
        }

        /** The same, of a matrix that lies [cols, rows] if {@code transposed}; only quantising has that. */
        public static QuantizeProblem of(
                QuantizeShape.Direction direction,
                long rows,
                long cols,
                DType plain,
                QuantFormat format,
                boolean transposed) {
            return of(direction, rows, cols, plain, format, transposed, false);
        }

        /** Codes of a matrix under one scale that is given. */
        public static QuantizeProblem underScale(long rows, long cols, DType plain, QuantFormat format) {
            return of(QuantizeShape.Direction.QUANTIZE, rows, cols, plain, format, false, true);
        }

        /** As a shape's fields say. */
        public static QuantizeProblem of(
                QuantizeShape.Direction direction,
                long rows,
                long cols,
                DType plain,
                QuantFormat format,
                boolean transposed,
                boolean staticScale) {
            boolean quantize = direction == QuantizeShape.Direction.QUANTIZE;
            double scale = (format.scale().bits() + format.zeroBits() + format.extraBits()) / 8.0;
            QuantizeShape shape = new QuantizeShape(
                    direction,
                    rows,
                    cols,
                    format.granularity(),
                    quantize ? plain : format.element(),
                    quantize ? format.element() : plain,
                    scale,
                    transposed,
                    staticScale);
            return new QuantizeProblem(shape, plain, format);
        }

        @Override
        public String precisionId() {
            return format.id();
        }

        /** Elementwise work runs on the vector units, in fp32. */
        @Override
        public DType compute() {
            return DType.FP32;
        }

        @Override
        public WorkModel work() {
            return shape.work();
        }
    }
}
