package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.LayerShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.Rotary;
import dev.ridgepoint.kernels.shape.RowFunction;
import java.util.List;

/**
 * Small layers aimed at what goes wrong between kernels: one token, ragged lengths, a cache in pages, keys shared by heads, a window,
 * norms on either side of a residual, and every way to turn or not.
 */
final class DirectedLayers {
    private DirectedLayers() {}

    static List<LayerShape> all() {
        return List.of(
                encoder(AttentionShape.of(2, 3, 3, 9, 9, 64, Mask.FULL), 192, 96),
                encoder(AttentionShape.of(1, 2, 2, 1, 1, 64, Mask.FULL), 40, 72),
                encoder(ragged(2, 2, Mask.FULL, 0, false), 128, 100),
                encoder(AttentionShape.of(1, 2, 2, 40, 40, 64, Mask.FULL).withWindow(Mask.LOCAL, 9), 128, 64),
                llama(AttentionShape.of(1, 4, 2, 33, 33, 64, Mask.CAUSAL), 128, 160),
                llama(AttentionShape.of(1, 4, 1, 1, 1, 64, Mask.CAUSAL), 64, 48),
                llama(AttentionShape.of(3, 4, 2, 1, 37, 64, Mask.CAUSAL).withPages(16), 264, 96),
                llama(AttentionShape.of(2, 2, 1, 5, 70, 128, Mask.CAUSAL).withWindow(Mask.SLIDING, 20), 96, 130),
                llama(ragged(4, 2, Mask.CAUSAL, 16, true), 256, 200),
                gpt(AttentionShape.of(2, 3, 3, 1, 21, 64, Mask.CAUSAL), 192, 256),
                gpt(AttentionShape.of(1, 2, 2, 17, 17, 64, Mask.CAUSAL), 128, 96),
                new LayerShape(
                        AttentionShape.of(1, 4, 4, 3, 50, 96, Mask.CAUSAL),
                        128,
                        80,
                        PointwiseFunction.SILU_MUL,
                        RowFunction.LAYERNORM,
                        false,
                        true,
                        Rotary.INTERLEAVED));
    }

    /** Norms behind residuals, no cache. */
    private static LayerShape encoder(AttentionShape attention, long hidden, long ffn) {
        return new LayerShape(
                attention, hidden, ffn, PointwiseFunction.GELU, RowFunction.LAYERNORM, false, false, Rotary.NONE);
    }

    private static LayerShape llama(AttentionShape attention, long hidden, long ffn) {
        return new LayerShape(
                attention, hidden, ffn, PointwiseFunction.SILU_MUL, RowFunction.RMSNORM, true, true, Rotary.HALF);
    }

    private static LayerShape gpt(AttentionShape attention, long hidden, long ffn) {
        return new LayerShape(
                attention, hidden, ffn, PointwiseFunction.GELU, RowFunction.LAYERNORM, true, true, Rotary.NONE);
    }

    private static AttentionShape ragged(long qHeads, long kvHeads, Mask mask, long page, boolean old) {
        List<Segment> segments = old
                ? List.of(new Segment(2, 1, 17), new Segment(1, 20, 41), new Segment(1, 4, 4))
                : List.of(new Segment(2, 1, 1), new Segment(1, 35, 35), new Segment(1, 4, 4));
        return new AttentionShape(1, qHeads, kvHeads, 0, 0, 64, 64, mask, 0, page, false, 0, segments);
    }
}
