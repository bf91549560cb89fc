package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.precision.Granularity;

/**
 * Quantise or dequantise a [rows, cols] matrix, elementwise but for the maximum that sets each scale.
 *
 * @param direction which way
 * @param rows tokens or output channels
 * @param cols channels, the contraction axis
 * @param granularity who shares a scale
 * @param src element type read
 * @param dst element type written
 * @param scaleBytes bytes a scale with its zero and sub-scales
 * @param transposed whether what is quantised lies the other way, as [cols, rows]: rows, columns and scales are those of
 *     the codes, so that groups run along the contraction of the product that reads them
 * @param staticScale whether the one scale of a tensor is given, found beforehand by calibration, so that x is read once and no
 *     scale is written
 */
public record QuantizeShape(
        Direction direction,
        long rows,
        long cols,
        Granularity granularity,
        DType src,
        DType dst,
        double scaleBytes,
        boolean transposed,
        boolean staticScale)
        implements Shape {

    /** FLOPs an element by the labelled cases' convention: scale, round, two clamps and the maximum. */
    static final double QUANTIZE_FLOPS = 5;
    /** The same without the maximum. */
    private static final double STATIC_FLOPS = 4;
    /** FLOPs an element by the same convention: convert and multiply. */
    private static final double DEQUANTIZE_FLOPS = 2;

    /** Which way. */
    public enum Direction {
        QUANTIZE("quantize"),
        DEQUANTIZE("dequantize");

        private final String id;

        Direction(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }

    public QuantizeShape {
        Extents.positive("rows", rows);
        Extents.positive("cols", cols);
        Extents.product("rows*cols", rows, cols);
        if (!(scaleBytes >= 0) || scaleBytes > 1 << 20) {
            throw new IllegalArgumentException("scale_bytes: expected bytes a scale, got " + scaleBytes);
        }
        if (transposed && direction == Direction.DEQUANTIZE) {
            throw new IllegalArgumentException(
                    "transposed: codes are written so, and never read so; got " + direction.id());
        }
        if (staticScale
                && (transposed || direction == Direction.DEQUANTIZE || !granularity.equals(Granularity.PER_TENSOR))) {
            throw new IllegalArgumentException(
                    "static_scale: one scale of a tensor is given, which is quantised as it lies; got " + direction.id()
                            + ", a scale a " + granularity.id() + (transposed ? ", transposed" : ""));
        }
    }

    @Override
    public String op() {
        return direction.id();
    }

    @Override
    public String id() {
        return direction.id() + "_r" + rows + "_c" + cols + "_" + src.id() + "_" + dst.id() + "_" + granularity.id()
                + (transposed ? "_transposed" : "")
                + (staticScale ? "_static" : "");
    }

    @Override
    public WorkModel work(Footprint unused) {
        return work();
    }

    /** The least work; element sizes are the shape's own. */
    public WorkModel work() {
        double elements = (double) rows * cols;
        double scales = granularity.count(rows, cols) * scaleBytes;
        if (direction == Direction.DEQUANTIZE) {
            return new WorkModel(DEQUANTIZE_FLOPS * elements, elements * src.bytes() + scales, elements * dst.bytes());
        }
        if (staticScale) {
            return new WorkModel(STATIC_FLOPS * elements, elements * src.bytes() + scales, elements * dst.bytes());
        }
        // One scale for the whole tensor cannot be known before all of it was read: the source crosses the bus twice.
        double passes = granularity.equals(Granularity.PER_TENSOR) ? 2 : 1;
        return new WorkModel(
                QUANTIZE_FLOPS * elements, passes * elements * src.bytes(), elements * dst.bytes() + scales);
    }
}
