package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_with_strides;
import static org.bytedeco.dnnl.global.dnnl.dnnl_s4;

import dev.ridgepoint.kernels.precision.DType;
import org.bytedeco.dnnl.dnnl_memory_desc;

/** How a tensor lies in memory: element type, extents and strides in elements. */
public final class Layout {
    private final int type;
    private final long[] dims;
    private final long[] strides;

    private Layout(int type, long[] dims, long[] strides) {
        this.type = type;
        this.dims = dims;
        this.strides = strides;
    }

    /** Dense, the last extent fastest. */
    public static Layout rowMajor(DType type, long... dims) {
        long[] strides = new long[dims.length];
        long stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= dims[i];
        }
        return new Layout(DataTypes.of(type), dims.clone(), strides);
    }

    /** Dense four-bit codes in two's complement, the last extent fastest; those of a {@link DType#INT4} are unsigned. */
    public static Layout signedInt4(long rows, long cols) {
        return new Layout(dnnl_s4, new long[] {rows, cols}, new long[] {cols, 1});
    }

    /** A dense [rows, cols] matrix read as its transpose [cols, rows]. */
    public static Layout transposed(DType type, long rows, long cols) {
        return strided(type, new long[] {cols, rows}, new long[] {1, cols});
    }

    /** Any strides, in elements. */
    public static Layout strided(DType type, long[] dims, long[] strides) {
        return new Layout(DataTypes.of(type), dims.clone(), strides.clone());
    }

    int type() {
        return type;
    }

    int rank() {
        return dims.length;
    }

    dnnl_memory_desc describe() {
        dnnl_memory_desc desc = new dnnl_memory_desc();
        Status.check(dnnl_memory_desc_create_with_strides(desc, dims.length, dims, type, strides), "describe a tensor");
        return desc;
    }
}
