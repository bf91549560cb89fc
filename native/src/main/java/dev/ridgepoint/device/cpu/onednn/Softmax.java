package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Softmax over the last extent. */
public final class Softmax {
    /** Its maximum passes over NaN, and an infinite difference is an exponential of 0. */
    public static final String NON_FINITE = "oneDNN's softmax gives numbers for rows that hold NaN or an infinity";

    private Softmax() {}

    /**
     * Compiles a softmax from one layout to another of the same extents, or in place.
     *
     * @throws dev.ridgepoint.device.UnsupportedKernelException if oneDNN refuses it or has only a reference for it
     */
    public static Primitive compile(OneDnn library, Layout source, Layout destination) {
        dnnl_memory_desc src = source.describe();
        dnnl_memory_desc dst = destination.describe();
        try {
            dnnl_primitive_desc desc = new dnnl_primitive_desc();
            int status = dnnl_softmax_forward_primitive_desc_create(
                    desc,
                    library.engine(),
                    dnnl_forward_inference,
                    dnnl_softmax_accurate,
                    src,
                    dst,
                    source.rank() - 1,
                    (dnnl_primitive_attr) null);
            return new Primitive(library, "softmax", status, desc);
        } finally {
            dnnl_memory_desc_destroy(src);
            dnnl_memory_desc_destroy(dst);
        }
    }
}
