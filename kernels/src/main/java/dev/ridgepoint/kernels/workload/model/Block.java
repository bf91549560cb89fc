package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.LayerShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.Rotary;
import java.util.List;

/**
 * How a transformer puts its layer together, of models whose entry says so: {@code "block": "pre_half"}.
 *
 * @param normFirst {@code pre}, norms before attention and feed-forward part, or {@code post}, after their residuals
 * @param rotary how queries and keys turn
 */
record Block(boolean normFirst, Rotary rotary) {
    /** The entry's {@code block}; null where it does not say. */
    static Block readOrNone(Fields fields) {
        String text = fields.textOrNone("block");
        if (text == null) {
            return null;
        }
        String[] words = text.split("_");
        if (words.length != 2 || !List.of("pre", "post").contains(words[0])) {
            throw fields.error("block", "expected pre or post, _ and half, interleaved or none, got " + text);
        }
        return new Block(words[0].equals("pre"), Rotary.parse(words[1]));
    }

    /** The whole layer; nothing where the entry does not say, or of attention that no such layer has. */
    static List<LayerOp> on(
            Block block, Norm norm, AttentionShape attention, boolean cached, long hidden, FeedForward ffn) {
        if (block == null || norm == null || attention.mask() == Mask.TREE) {
            return List.of();
        }
        PointwiseFunction activation = ffn.gated() ? PointwiseFunction.SILU_MUL : PointwiseFunction.GELU;
        LayerShape layer = new LayerShape(
                attention, hidden, ffn.width(), activation, norm.function(), block.normFirst, cached, block.rotary);
        return List.of(new LayerOp.Vectors("layer", layer));
    }
}
