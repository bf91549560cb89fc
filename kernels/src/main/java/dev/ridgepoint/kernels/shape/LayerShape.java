package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import java.util.List;

/**
 * One transformer layer: norm, projections, cache, attention, projection, norm and feed-forward part, with both residuals.
 * Linear biases are left out, and query, key and value are projected by products of their own.
 *
 * @param attention heads, lengths, mask and pages
 * @param hidden elements of a token
 * @param ffn inner width of the feed-forward part, of one branch
 * @param activation GELU of one branch, or SiLU of the first times the second
 * @param norm rmsnorm or layernorm
 * @param normFirst whether norms stand before attention and the feed-forward part (Llama, GPT-2) or after their residuals (BERT)
 * @param cached whether new keys and values are appended to a cache and read there
 * @param rotary how queries and keys are turned, over all of a head; only where there is a cache
 */
public record LayerShape(
        AttentionShape attention,
        long hidden,
        long ffn,
        PointwiseFunction activation,
        RowFunction norm,
        boolean normFirst,
        boolean cached,
        Rotary rotary)
        implements Shape {
    /** The operation's name. */
    public static final String OP = "layer";

    private static final String ATTENTION_ID = "attn_";

    public LayerShape {
        Extents.positive("hidden", hidden);
        Extents.positive("ffn", ffn);
        if (attention.kvShared()
                || attention.relPositions() > 0
                || attention.lse()
                || attention.rope() != null
                || attention.valueDim() != attention.headDim()) {
            throw new IllegalArgumentException("kv_shared, rel_positions, lse, Dv: a layer has none of them");
        }
        if (attention.sequences().stream().anyMatch(s -> s.seqLenQ() > s.seqLenKv())) {
            throw new IllegalArgumentException("Sq: a layer's tokens are the last of its keys, so at most Skv");
        }
        if (activation == PointwiseFunction.ADD) {
            throw new IllegalArgumentException("activation: expected gelu or silu_mul, got " + activation);
        }
        if (!norm.normalises()) {
            throw new IllegalArgumentException("norm: expected rmsnorm or layernorm, got " + norm.id());
        }
        if (rotary != Rotary.NONE && !cached) {
            throw new IllegalArgumentException("rotary: keys are turned on their way to a cache, and there is none");
        }
        if (cached && attention.mask() != Mask.CAUSAL && attention.mask() != Mask.SLIDING) {
            throw new IllegalArgumentException("mask: with a cache, causal or sliding, not "
                    + attention.mask().id());
        }
        boolean grown = attention.sequences().stream().anyMatch(s -> s.seqLenQ() != s.seqLenKv());
        if (!cached && (grown || attention.pageSize() > 0)) {
            throw new IllegalArgumentException("cached: without a cache Sq is Skv and there are no pages");
        }
    }

    /** New tokens of all sequences. */
    public long tokens() {
        return attention.sequences().stream()
                .mapToLong(s -> Extents.product("count*Sq", s.count(), s.seqLenQ()))
                .sum();
    }

    /** What is done one after the other. */
    public List<LayerStep> steps() {
        return LayerSteps.of(this);
    }

    /** How new keys and values get to the cache. */
    AppendShape append() {
        List<Segment> segments = attention.segments();
        return AppendShape.of(
                attention.batch(),
                attention.kvHeads(),
                attention.seqLenQ(),
                attention.seqLenKv(),
                attention.headDim(),
                attention.headDim(),
                rotary,
                rotary == Rotary.NONE ? 0 : attention.headDim(),
                attention.pageSize(),
                segments);
    }

    @Override
    public String op() {
        return OP;
    }

    @Override
    public String id() {
        StringBuilder id = new StringBuilder(OP)
                .append(normFirst ? "_pre_" : "_post_")
                .append(norm.id())
                .append("_")
                .append(activation);
        if (cached) {
            id.append("_cache_").append(rotary);
        }
        return id.append("_")
                .append(attention.id().substring(ATTENTION_ID.length()))
                .append("_hid")
                .append(hidden)
                .append("_ffn")
                .append(ffn)
                .toString();
    }

    /** The least work of every step by itself, as if nothing stayed on the chip between two; see {@link #fusible}. */
    @Override
    public WorkModel work(Footprint bytes) {
        return steps().stream().map(step -> step.shape().work(bytes)).reduce(new WorkModel(0, 0, 0), WorkModel::plus);
    }

    /** The part of {@link #work} that would vanish were all steps one kernel: what is written for the next steps to read. */
    public WorkModel fusible(Footprint bytes) {
        double read = 0;
        double written = 0;
        for (LayerStep step : steps()) {
            read += step.reads() * step.elements() * bytes.activation();
            written += step.elements() * bytes.output();
        }
        return new WorkModel(0, read, written);
    }
}
