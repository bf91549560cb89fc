package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Copies a tensor from one layout to another of the same extents. */
public final class Reorder {
    private Reorder() {}

    /**
     * Compiles a copy.
     *
     * @throws dev.ridgepoint.device.UnsupportedKernelException if oneDNN refuses it or has only a reference for it
     */
    public static Primitive compile(OneDnn library, Layout from, Layout to) {
        dnnl_memory_desc src = from.describe();
        dnnl_memory_desc dst = to.describe();
        try {
            dnnl_primitive_desc desc = new dnnl_primitive_desc();
            int status = dnnl_reorder_primitive_desc_create(
                    desc, src, library.engine(), dst, library.engine(), (dnnl_primitive_attr) null);
            return new Primitive(library, "reorder", status, desc);
        } finally {
            dnnl_memory_desc_destroy(src);
            dnnl_memory_desc_destroy(dst);
        }
    }
}
