package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Normalisation over the last extent, by mean and deviation or by the root of the mean square alone. */
public final class LayerNormalization {
    private LayerNormalization() {}

    /** By the root of the mean square, then scaled: {@code weights} is a vector of the last extent. */
    public static Primitive byRootMeanSquare(OneDnn library, Layout source, Layout weights, float epsilon) {
        return compile(library, source, weights, epsilon, dnnl_use_scale | dnnl_rms_norm);
    }

    /** By mean and deviation, then scaled and shifted: {@code weights} is how both vectors lie. */
    public static Primitive byDeviation(OneDnn library, Layout source, Layout weights, float epsilon) {
        return compile(library, source, weights, epsilon, dnnl_use_scale | dnnl_use_shift);
    }

    /** Compiles it from a layout to the same. Statistics are its own and are not kept. */
    private static Primitive compile(OneDnn library, Layout source, Layout weights, float epsilon, int flags) {
        dnnl_memory_desc src = source.describe();
        dnnl_memory_desc dst = source.describe();
        try {
            dnnl_primitive_desc desc = new dnnl_primitive_desc();
            int status = dnnl_layer_normalization_forward_primitive_desc_create_v2(
                    desc,
                    library.engine(),
                    dnnl_forward_inference,
                    src,
                    dst,
                    (dnnl_memory_desc) null,
                    weights.type(),
                    epsilon,
                    flags,
                    (dnnl_primitive_attr) null);
            return new Primitive(library, "normalisation", status, desc);
        } finally {
            dnnl_memory_desc_destroy(src);
            dnnl_memory_desc_destroy(dst);
        }
    }
}
