package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/** One operation of a layer in one pass: its extents are fixed, its precision is still open. */
public sealed interface LayerOp {
    /** The layer's name: {@code qkv o up down head self cross ...}. */
    String role();

    /** The operation in every precision that makes sense for it. */
    List<Variant> variants();

    /** One precision of an operation; {@code name} is how it is written in a workload's id. */
    record Variant(String name, Problem problem) {}

    /**
     * A matrix product.
     *
     * @param plainOnly whether the second operand is no stored weight (a gradient, an adapter, a router), so that
     *     weight formats do not apply
     */
    record Gemm(String role, GemmShape shape, boolean plainOnly) implements LayerOp {
        @Override
        public List<Variant> variants() {
            return Precision.ALL.stream()
                    .filter(p -> Formats.forGemm(p, shape.k(), plainOnly))
                    .map(p -> new Variant(p.id(), new GemmProblem(shape, p)))
                    .toList();
        }
    }

    /**
     * Softmax attention.
     *
     * @param cached whether keys come from a cache, which may be quantised
     */
    record Attend(String role, AttentionShape shape, boolean cached) implements LayerOp {
        @Override
        public List<Variant> variants() {
            return Precision.ALL.stream()
                    .filter(p -> Formats.forAttention(p, cached))
                    .map(p -> new Variant(p.id(), new AttentionProblem(shape, p)))
                    .toList();
        }
    }

    /** What the vector units do on their own: functions of rows, a cell's gates; and whole layers: in every plain type. */
    record Vectors(String role, Shape shape) implements LayerOp {
        @Override
        public List<Variant> variants() {
            return PlainProblem.PRECISIONS.stream()
                    .map(p -> new Variant(p.id(), Problem.of(shape, p)))
                    .toList();
        }
    }

    /**
     * Quantisation of a [rows, cols] matrix or its inverse, in these formats.
     *
     * @param calibrated those of them whose scale may be given instead
     */
    record Requantise(
            String role,
            Direction direction,
            long rows,
            long cols,
            List<QuantFormat> formats,
            List<QuantFormat> calibrated)
            implements LayerOp {
        Requantise(String role, Direction direction, long rows, long cols, List<QuantFormat> formats) {
            this(role, direction, rows, cols, formats, List.of());
        }

        private static final List<DType> PLAIN = List.of(DType.BF16, DType.FP16, DType.FP32);

        @Override
        public List<Variant> variants() {
            List<Variant> variants = new ArrayList<>();
            for (QuantFormat format : formats) {
                if (Formats.fits(format, cols)) {
                    for (DType plain : PLAIN) {
                        variants.add(variant(plain, format));
                    }
                }
            }
            for (QuantFormat format : calibrated) {
                for (DType plain : PLAIN) {
                    variants.add(new Variant(
                            plain.id() + "_" + format.id() + "_static",
                            QuantizeProblem.underScale(rows, cols, plain, format)));
                }
            }
            return variants;
        }

        private Variant variant(DType plain, QuantFormat format) {
            boolean quantise = direction == Direction.QUANTIZE;
            String name = quantise ? plain.id() + "_" + format.id() : format.id() + "_" + plain.id();
            return new Variant(name, QuantizeProblem.of(direction, rows, cols, plain, format));
        }
    }
}
