package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;

/** The extents of a problem, free of any precision we could compute in; foreign data has shapes of any precision. */
public sealed interface Shape
        permits GemmShape,
                AttentionShape,
                AppendShape,
                QuantizeShape,
                RowShape,
                CellShape,
                PointwiseShape,
                RotateShape,
                RepackShape,
                LayerShape {
    /**
     * {@code gemm}, {@code attention}, {@code append}, {@code quantize}, {@code dequantize}, {@code lstm_cell}, {@code pointwise},
     * {@code rotate}, {@code repack}, {@code layer} or the name of a {@link RowFunction}.
     */
    String op();

    /** A name that is an address: operation and extents, as in {@code attn_causal_b16_q1_kv8192_h32_kv8_d128}. */
    String id();

    /** The least work this shape asks for in elements of these sizes. */
    WorkModel work(Footprint bytes);
}
