package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.GemmShape;

/**
 * A weight matrix [n, k] and the layer it belongs to; rows of activations turn it into a GEMM.
 *
 * @param role the layer's name
 * @param n output channels
 * @param k input channels
 * @param moe the mixture of experts it is one of, or null
 */
record Linear(String role, long n, long k, GemmShape.Moe moe) {
    static Linear of(String role, long n, long k) {
        return new Linear(role, n, k, null);
    }

    LayerOp on(long rows) {
        return new LayerOp.Gemm(role, new GemmShape(rows, n, k, moe, null), false);
    }

    /** As {@link #on}, for a matrix that nobody quantises: routers and adapters. */
    LayerOp plainOn(long rows) {
        return new LayerOp.Gemm(role, new GemmShape(rows, n, k, moe, null), true);
    }

    long parameters() {
        return n * k * (moe == null ? 1 : moe.experts());
    }
}
