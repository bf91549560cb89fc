package dev.ridgepoint.results;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.CellShape;
import dev.ridgepoint.kernels.shape.PointwiseShape;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import dev.ridgepoint.kernels.shape.RepackShape;
import dev.ridgepoint.kernels.shape.RotateShape;
import dev.ridgepoint.kernels.shape.RowShape;
import dev.ridgepoint.kernels.shape.Shape;
import java.util.Objects;

/**
 * What a precision's name stands for, spelled out so that a bundle can be read without this program and that a changed
 * definition changes the case key. Types by name; {@code null} where the operation has no such part.
 *
 * @param activation type read as A, Q or x
 * @param weight type of B as stored
 * @param kv type of keys and values as stored
 * @param accumulate type sums are kept in
 * @param compute type whose peak rate bounds the multiplier
 * @param output type written
 * @param format how the weight is quantised, or what is quantised to or from; null where stored plainly
 * @param kvFormat how keys and values are quantised, null where stored plainly
 */
public record PrecisionTypes(
        String activation,
        String weight,
        String kv,
        String accumulate,
        String compute,
        String output,
        Format format,
        Format kvFormat) {
    public PrecisionTypes {
        // The schema lets every type be null alike.
        Objects.requireNonNull(activation, "activation: missing");
        Objects.requireNonNull(compute, "compute: missing");
        Objects.requireNonNull(output, "output: missing");
    }

    /**
     * A quantised format.
     *
     * @param element type of a code
     * @param granularity who shares a scale
     * @param scale type of a scale
     * @param zeroBits bits of a zero point a scale
     * @param extraBits further bits a group
     * @param packed whether codes and scales share blocks
     */
    public record Format(
            String id, String element, String granularity, String scale, int zeroBits, int extraBits, boolean packed) {
        static Format of(QuantFormat format) {
            return format == null
                    ? null
                    : new Format(
                            format.id(),
                            format.element().id(),
                            format.granularity().id(),
                            format.scale().id(),
                            format.zeroBits(),
                            format.extraBits(),
                            format.packed());
        }
    }

    /** The types a precision of GEMM or attention stands for. */
    public static PrecisionTypes of(Precision precision) {
        return new PrecisionTypes(
                precision.activation().id(),
                precision.weight().id(),
                precision.kv().id(),
                precision.accumulate().id(),
                precision.compute().id(),
                precision.output().id(),
                Format.of(precision.weightFormat()),
                Format.of(precision.kvFormat()));
    }

    /** The types of a conversion to or from a quantised format; elementwise work runs in fp32. */
    public static PrecisionTypes of(QuantizeShape shape, QuantFormat format) {
        return new PrecisionTypes(
                shape.src().id(), null, null, null, "fp32", shape.dst().id(), Format.of(format), null);
    }

    /** The types of codes that are put elsewhere as they are; the format is the one they come in. */
    private static PrecisionTypes repacked(QuantFormat format) {
        String code = format.element().id();
        return new PrecisionTypes(code, null, null, null, "fp32", code, Format.of(format), null);
    }

    /** The types of what is computed on the vector units, in fp32 whatever it reads and writes. */
    private static PrecisionTypes ofVectors(boolean hasWeights, Precision precision) {
        String weight = hasWeights ? precision.weight().id() : null;
        return new PrecisionTypes(
                precision.activation().id(),
                weight,
                null,
                precision.accumulate().id(),
                "fp32",
                precision.output().id(),
                null,
                null);
    }

    /**
     * The types a name stands for in this build.
     *
     * @throws IllegalArgumentException naming the precisions or formats there are
     */
    public static PrecisionTypes parse(Shape shape, String precision) {
        if (shape instanceof QuantizeShape quantize) {
            return of(quantize, QuantFormat.parse(precision));
        }
        if (shape instanceof RowShape rows) {
            return ofVectors(!rows.function().parameters().isEmpty(), Precision.parse(precision));
        }
        if (shape instanceof RepackShape) {
            return repacked(QuantFormat.parse(precision));
        }
        if (shape instanceof PointwiseShape || shape instanceof RotateShape) {
            return ofVectors(false, Precision.parse(precision));
        }
        return shape instanceof CellShape
                ? ofVectors(true, Precision.parse(precision))
                : of(Precision.parse(precision));
    }

    /** The name that an alias stands for. */
    static String name(Shape shape, String precision) {
        return shape instanceof QuantizeShape || shape instanceof RepackShape
                ? QuantFormat.parse(precision).id()
                : Precision.parse(precision).id();
    }
}
