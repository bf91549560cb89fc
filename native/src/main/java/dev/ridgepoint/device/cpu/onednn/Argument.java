package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

/**
 * A tensor given to a primitive: its part, how it lies, and where.
 *
 * @param part oneDNN's number of the argument
 * @param address of the first element
 */
public record Argument(int part, Layout layout, long address) {
    public static Argument source(Layout layout, long address) {
        return new Argument(DNNL_ARG_SRC, layout, address);
    }

    public static Argument weights(Layout layout, long address) {
        return new Argument(DNNL_ARG_WEIGHTS, layout, address);
    }

    /** The vector a normalisation scales by. */
    public static Argument scale(Layout layout, long address) {
        return new Argument(DNNL_ARG_SCALE, layout, address);
    }

    /** The vector a normalisation adds. */
    public static Argument shift(Layout layout, long address) {
        return new Argument(DNNL_ARG_SHIFT, layout, address);
    }

    public static Argument destination(Layout layout, long address) {
        return new Argument(DNNL_ARG_DST, layout, address);
    }

    /** What a reorder reads. */
    public static Argument from(Layout layout, long address) {
        return new Argument(DNNL_ARG_FROM, layout, address);
    }

    /** What a reorder writes. */
    public static Argument to(Layout layout, long address) {
        return new Argument(DNNL_ARG_TO, layout, address);
    }

    public static Argument sourceScales(Layout layout, long address) {
        return new Argument(DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC, layout, address);
    }

    public static Argument weightScales(Layout layout, long address) {
        return new Argument(DNNL_ARG_ATTR_SCALES | DNNL_ARG_WEIGHTS, layout, address);
    }

    /** The second operand of post-operation number {@code index}. */
    public static Argument afterwards(int index, Layout layout, long address) {
        return new Argument(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (index + 1) | DNNL_ARG_SRC_1, layout, address);
    }

    public static Argument weightZeros(Layout layout, long address) {
        return new Argument(DNNL_ARG_ATTR_ZERO_POINTS | DNNL_ARG_WEIGHTS, layout, address);
    }
}
