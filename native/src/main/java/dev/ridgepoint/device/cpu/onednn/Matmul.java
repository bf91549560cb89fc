package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.ridgepoint.kernels.precision.DType;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.LongPointer;

/** Describes a (batched) matrix product [.., m, k] x [.., k, n], with what is done to its operands and its result. */
public final class Matmul implements AutoCloseable {
    private final Layout source;
    private final Layout weights;
    private final Layout destination;
    private final dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    private final dnnl_post_ops after = new dnnl_post_ops();

    private Matmul(Layout source, Layout weights, Layout destination) {
        this.source = source;
        this.weights = weights;
        this.destination = destination;
        Status.check(dnnl_primitive_attr_create(attributes), "create attributes");
        Status.check(dnnl_post_ops_create(after), "create post-operations");
    }

    public static Matmul of(Layout source, Layout weights, Layout destination) {
        return new Matmul(source, weights, destination);
    }

    /** Multiplies the result by a constant. */
    public Matmul times(float factor) {
        Status.check(dnnl_post_ops_append_eltwise(after, dnnl_eltwise_linear, factor, 0), "scale a product");
        return this;
    }

    /** Adds a tensor to the result, repeated along extents of one. */
    public Matmul plus(Layout added) {
        dnnl_memory_desc desc = added.describe();
        try {
            Status.check(dnnl_post_ops_append_binary(after, dnnl_binary_add, desc), "add to a product");
        } finally {
            dnnl_memory_desc_destroy(desc);
        }
        return this;
    }

    /** Applies a function to the result. */
    public Matmul through(Eltwise function) {
        Status.check(
                dnnl_post_ops_append_eltwise(after, function.algorithm, function.alpha, 0),
                "apply a function to a product");
        return this;
    }

    /** One fp32 scale for each operand, bound at run time. */
    public Matmul scaledByTensor() {
        Status.check(dnnl_primitive_attr_set_scales_mask(attributes, DNNL_ARG_SRC, 0), "scale the source");
        Status.check(dnnl_primitive_attr_set_scales_mask(attributes, DNNL_ARG_WEIGHTS, 0), "scale the weights");
        return this;
    }

    /** A scale for {@code group} neighbours along k of each weight column. */
    public Matmul weightScales(DType type, long group) {
        try (LongPointer groups = new LongPointer(group, 1)) {
            Status.check(
                    dnnl_primitive_attr_set_scales(
                            attributes, DNNL_ARG_WEIGHTS, bothLastExtents(), 2, groups, DataTypes.of(type)),
                    "scale groups of weights");
        }
        return this;
    }

    /** A zero point for {@code group} neighbours along k of each weight column. */
    public Matmul weightZeros(DType type, long group) {
        try (LongPointer groups = new LongPointer(group, 1)) {
            Status.check(
                    dnnl_primitive_attr_set_zero_points(
                            attributes, DNNL_ARG_WEIGHTS, bothLastExtents(), 2, groups, DataTypes.of(type)),
                    "give groups of weights a zero point");
        }
        return this;
    }

    private int bothLastExtents() {
        int rank = weights.rank();
        return 1 << (rank - 1) | 1 << (rank - 2);
    }

    /** Lets oneDNN turn integer weights to bf16 and multiply there. */
    public Matmul decompressingTo(DType type) {
        int mode = type == DType.BF16 ? dnnl_fpmath_mode_bf16 : dnnl_fpmath_mode_f16;
        Status.check(dnnl_primitive_attr_set_fpmath_mode_v2(attributes, mode, 1), "decompress weights");
        return this;
    }

    /**
     * Compiles the product.
     *
     * @throws dev.ridgepoint.device.UnsupportedKernelException if oneDNN refuses it or has only a reference for it
     */
    public Primitive compile(OneDnn library) {
        Status.check(dnnl_primitive_attr_set_post_ops(attributes, after), "set post-operations");
        dnnl_memory_desc src = source.describe();
        dnnl_memory_desc wei = weights.describe();
        dnnl_memory_desc dst = destination.describe();
        try {
            dnnl_primitive_desc desc = new dnnl_primitive_desc();
            int status = dnnl_matmul_primitive_desc_create(desc, library.engine(), src, wei, null, dst, attributes);
            return new Primitive(library, "matrix product", status, desc);
        } finally {
            dnnl_memory_desc_destroy(src);
            dnnl_memory_desc_destroy(wei);
            dnnl_memory_desc_destroy(dst);
        }
    }

    @Override
    public void close() {
        dnnl_post_ops_destroy(after);
        dnnl_primitive_attr_destroy(attributes);
    }
}
