package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.workload.Pass;
import java.util.ArrayList;
import java.util.List;

/** Work that follows from a model's matrices whatever the model: quantisation, gradients, adapters. */
final class DerivedWork {
    /** Ranks of low-rank adapters: the usual one and a large one. */
    private static final List<Long> LORA_RANKS = List.of(16L, 64L);

    private DerivedWork() {}

    /** Activations quantised before a GEMM that takes rows of {@code cols}. */
    static LayerOp quantise(String role, long rows, long cols) {
        return new LayerOp.Requantise(role, Direction.QUANTIZE, rows, cols, Formats.ACTIVATION, Formats.CALIBRATED);
    }

    /** New keys (or values) of all heads on their way into a quantised cache. */
    static LayerOp quantiseKeys(Pass pass, Heads heads) {
        return new LayerOp.Requantise(
                "quant_kv", Direction.QUANTIZE, pass.rows() * heads.kv(), heads.dim(), Formats.KV);
    }

    /** Weights as checkpoints store them, quantised once and expanded again. */
    static List<LayerOp> offline(List<Linear> stored) {
        List<LayerOp> ops = new ArrayList<>();
        for (Linear w : stored) {
            ops.add(new LayerOp.Requantise("quant_w_" + w.role(), Direction.QUANTIZE, w.n(), w.k(), Formats.WEIGHT));
            ops.add(new LayerOp.Requantise(
                    "dequant_w_" + w.role(), Direction.DEQUANTIZE, w.n(), w.k(), Formats.STORED_WEIGHT));
        }
        return ops;
    }

    /** Both gradients of each matrix: dgrad [rows, k] = dY W, wgrad [n, k] = dY^T X. */
    static List<LayerOp> gradients(List<Linear> linears, long rows) {
        List<LayerOp> ops = new ArrayList<>();
        for (Linear w : linears) {
            ops.add(new LayerOp.Gemm(w.role() + "_dgrad", new GemmShape(rows, w.k(), w.n(), w.moe(), null), true));
            ops.add(new LayerOp.Gemm(w.role() + "_wgrad", weightGradient(w, rows), true));
        }
        return ops;
    }

    /** Of experts: a product for each that is hit, each contracting its even share of the rows. */
    private static GemmShape weightGradient(Linear w, long rows) {
        if (w.moe() == null) {
            return GemmShape.of(w.n(), w.k(), rows);
        }
        int hit = (int) Math.max(1, Math.round(w.moe().expectedHit(rows)));
        return GemmShape.batched(hit, w.n(), w.k(), w.moe().rowsOfOne(rows));
    }

    /** Gradients on their way into an 8-bit GEMM. */
    static LayerOp quantiseGradient(long rows, long cols) {
        return new LayerOp.Requantise("quant_grad", Direction.QUANTIZE, rows, cols, Formats.GRADIENT, Formats.DELAYED);
    }

    /** A low-rank adapter beside a [n, k] matrix: down to the rank and up again. */
    static List<LayerOp> adapters(long rows, long n, long k) {
        List<LayerOp> ops = new ArrayList<>();
        for (long rank : LORA_RANKS) {
            ops.add(Linear.of("lora_r" + rank + "_shrink", rank, k).plainOn(rows));
            ops.add(Linear.of("lora_r" + rank + "_expand", n, rank).plainOn(rows));
        }
        return ops;
    }

    /**
     * A convolution as the GEMM it becomes: a row for each output position, a column of the weight for each tap.
     *
     * @param what the convolution in words, {@code conv 3x3}
     */
    static LayerOp convolution(String role, String what, long positions, long cout, long cin, long taps) {
        return new LayerOp.Gemm(role, new GemmShape(positions, cout, cin * taps, null, what), false);
    }
}
