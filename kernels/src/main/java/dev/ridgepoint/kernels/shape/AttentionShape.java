package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;
import java.util.List;

/**
 * O = softmax(Q K^T * scale) V, fused: scores never leave the chip.
 *
 * <p>Q is [batch, seqLenQ, qHeads, headDim], K [batch, seqLenKv, kvHeads, headDim], V and O with {@code valueDim}.
 * Queries sit at the end of the keys, so decode is {@code seqLenQ = 1} and prefill {@code seqLenQ = seqLenKv}. MHA, GQA
 * and MQA follow from the head counts.
 *
 * <p>A row of queries may see no key: where a causal or sliding mask has more queries than keys, of which the first then
 * stand before all keys, and where a sequence has no keys. Its output is 0 in every element and its {@code lse} minus
 * infinity, the logarithm of a sum of nothing. FlashAttention has the same zeros; its {@code lse} of such a row is minus
 * infinity in a share of the keys, and plus infinity in a whole row of version 2.
 *
 * @param batch sequences that share these lengths; 1 where {@code segments} say otherwise
 * @param qHeads query heads
 * @param kvHeads key/value heads; divides {@code qHeads}
 * @param seqLenQ query positions, 0 where {@code segments} carry the lengths
 * @param seqLenKv key positions, 0 where {@code segments} carry the lengths
 * @param headDim elements of a query or key head
 * @param valueDim elements of a value head; differs from {@code headDim} in MLA
 * @param mask which keys a query sees
 * @param window keys seen through a sliding or local mask, else 0
 * @param pageSize tokens a page of a paged KV cache, else 0
 * @param kvShared values are the first {@code valueDim} elements of the keys (absorbed MLA), so V costs no bytes
 * @param relPositions relative-position vectors scored on either side (DeBERTa), else 0
 * @param segments sub-batches with lengths of their own (continuous batching), else empty
 * @param lse whether the natural logarithm of each row's sum of exponentials is asked for too, fp32 [batch, seqLenQ,
 *     qHeads]: what backward passes and whoever puts parts of the keys together need; minus infinity where nothing is seen
 * @param rope how queries and keys are turned by their positions first, null where they come as they are multiplied
 */
public record AttentionShape(
        long batch,
        long qHeads,
        long kvHeads,
        long seqLenQ,
        long seqLenKv,
        long headDim,
        long valueDim,
        Mask mask,
        long window,
        long pageSize,
        boolean kvShared,
        long relPositions,
        List<Segment> segments,
        boolean lse,
        Rope rope)
        implements Shape {

    /** The output alone. */
    public AttentionShape(
            long batch,
            long qHeads,
            long kvHeads,
            long seqLenQ,
            long seqLenKv,
            long headDim,
            long valueDim,
            Mask mask,
            long window,
            long pageSize,
            boolean kvShared,
            long relPositions,
            List<Segment> segments) {
        this(
                batch,
                qHeads,
                kvHeads,
                seqLenQ,
                seqLenKv,
                headDim,
                valueDim,
                mask,
                window,
                pageSize,
                kvShared,
                relPositions,
                segments,
                false,
                null);
    }

    /** {@code count} sequences of one length in a ragged batch; some may have no queries, no keys, or neither. */
    public record Segment(long count, long seqLenQ, long seqLenKv) {
        public Segment {
            Extents.positive("segments.count", count);
            Extents.notNegative("segments.Sq", seqLenQ);
            Extents.notNegative("segments.Skv", seqLenKv);
        }
    }

    public AttentionShape {
        Extents.positive("B", batch);
        Extents.positive("Hq", qHeads);
        Extents.positive("Hkv", kvHeads);
        Extents.positive("D", headDim);
        Extents.positive("Dv", valueDim);
        Extents.notNegative("window", window);
        Extents.notNegative("page", pageSize);
        Extents.notNegative("rel_positions", relPositions);
        segments = List.copyOf(segments);
        if (qHeads % kvHeads != 0) {
            throw new IllegalArgumentException("Hkv: " + kvHeads + " key/value heads do not divide Hq=" + qHeads);
        }
        if (rope != null) {
            rope.fits(headDim);
            if (kvShared || relPositions > 0 || mask == Mask.TREE) {
                throw new IllegalArgumentException(
                        "rotary: not with kv_shared, rel_positions or mask tree, whose positions are others");
            }
        }
        boolean windowed = mask == Mask.SLIDING || mask == Mask.LOCAL;
        if (windowed && window < 1) {
            throw new IllegalArgumentException("window: mask " + mask.id() + " needs a window of at least 1");
        }
        if (!windowed && window != 0) {
            throw new IllegalArgumentException("window: mask " + mask.id() + " takes no window");
        }
        if (kvShared && valueDim > headDim) {
            throw new IllegalArgumentException("Dv: shared values are part of the keys, so Dv <= D=" + headDim);
        }
        if (segments.isEmpty()) {
            Extents.positive("Sq", seqLenQ);
            Extents.positive("Skv", seqLenKv);
            lengths(mask, rope, seqLenQ, seqLenKv);
            Extents.product("B*Hq*Sq*Skv", batch, qHeads, seqLenQ, seqLenKv);
        } else {
            if (batch != 1 || seqLenQ != 0 || seqLenKv != 0) {
                throw new IllegalArgumentException("segments: carry the lengths, so B must be 1 and Sq and Skv 0");
            }
            for (Segment segment : segments) {
                lengths(mask, rope, segment.seqLenQ, segment.seqLenKv);
                Extents.product("segments.count*Hq*Sq*Skv", segment.count, qHeads, segment.seqLenQ, segment.seqLenKv);
            }
            if (segments.stream().allMatch(s -> s.seqLenQ == 0)
                    || segments.stream().allMatch(s -> s.seqLenKv == 0)) {
                throw new IllegalArgumentException("segments: at least one needs a query, and one a key");
            }
        }
    }

    private static void lengths(Mask mask, Rope rope, long seqLenQ, long seqLenKv) {
        if (mask == Mask.TREE && seqLenQ > seqLenKv) {
            throw new IllegalArgumentException("Sq: " + seqLenQ + " queries, nodes of a tree, are not among Skv="
                    + seqLenKv + " keys, whose last they are");
        }
        // Of no keys none is multiplied by a query, wherever that would stand.
        if (rope != null && mask == Mask.FULL && seqLenQ > seqLenKv && seqLenKv > 0) {
            throw new IllegalArgumentException("Sq: " + seqLenQ + " queries have no positions among Skv=" + seqLenKv
                    + " keys, and rotary asks for them");
        }
        if (mask == Mask.LOCAL && seqLenQ != seqLenKv) {
            throw new IllegalArgumentException("Sq: local attention is self-attention, so Sq must equal Skv");
        }
    }

    /** Plain attention: one length, values as wide as keys. */
    public static AttentionShape of(
            long batch, long qHeads, long kvHeads, long seqLenQ, long seqLenKv, long headDim, Mask mask) {
        return new AttentionShape(
                batch, qHeads, kvHeads, seqLenQ, seqLenKv, headDim, headDim, mask, 0, 0, false, 0, List.of());
    }

    public AttentionShape withWindow(Mask windowed, long keys) {
        return with(windowed, keys, pageSize, lse, rope);
    }

    public AttentionShape withPages(long tokens) {
        return with(mask, window, tokens, lse, rope);
    }

    /** The same with the logarithms of the sums of exponentials. */
    public AttentionShape withLse() {
        return with(mask, window, pageSize, true, rope);
    }

    /** The same with queries and keys that are turned first, or not where it is null. */
    public AttentionShape withRope(Rope turned) {
        return with(mask, window, pageSize, lse, turned);
    }

    private AttentionShape with(Mask otherMask, long otherWindow, long otherPage, boolean otherLse, Rope otherRope) {
        return new AttentionShape(
                batch,
                qHeads,
                kvHeads,
                seqLenQ,
                seqLenKv,
                headDim,
                valueDim,
                otherMask,
                otherWindow,
                otherPage,
                kvShared,
                relPositions,
                segments,
                otherLse,
                otherRope);
    }

    /** Query heads that share one key/value head: the arithmetic intensity of decode in 16 bit. */
    public long groupSize() {
        return qHeads / kvHeads;
    }

    /** Whether some query may not see some key of its sequence. */
    public boolean hidesKeys() {
        return switch (mask) {
            case FULL -> false;
            case CAUSAL -> sequences().stream().anyMatch(sequence -> sequence.seqLenQ() > 1);
            case SLIDING, LOCAL, TREE -> true;
        };
    }

    /** The lengths, whether uniform or ragged. */
    public List<Segment> sequences() {
        return segments.isEmpty() ? List.of(new Segment(batch, seqLenQ, seqLenKv)) : segments;
    }

    @Override
    public String op() {
        return "attention";
    }

    @Override
    public String id() {
        StringBuilder id = new StringBuilder("attn_").append(mask.id());
        if (window > 0) {
            id.append("_w").append(window);
        }
        if (segments.isEmpty()) {
            id.append("_b")
                    .append(batch)
                    .append("_q")
                    .append(seqLenQ)
                    .append("_kv")
                    .append(seqLenKv);
        } else {
            for (Segment s : segments) {
                id.append("_")
                        .append(s.count)
                        .append("x")
                        .append(s.seqLenQ)
                        .append("x")
                        .append(s.seqLenKv);
            }
        }
        id.append("_h")
                .append(qHeads)
                .append("_kv")
                .append(kvHeads)
                .append("_d")
                .append(headDim);
        if (valueDim != headDim) {
            id.append("_dv").append(valueDim);
        }
        if (kvShared) {
            id.append("_mla");
        }
        if (pageSize > 0) {
            id.append("_page").append(pageSize);
        }
        if (relPositions > 0) {
            id.append("_rel").append(relPositions);
        }
        if (lse) {
            id.append("_lse");
        }
        if (rope != null) {
            id.append("_").append(rope.id(headDim));
        }
        return id.toString();
    }

    /** Queries of one sequence of these lengths that see a key: the last ones. Those before them see none. */
    public long seeingQueries(long queries, long keys) {
        boolean looksBack = mask == Mask.CAUSAL || mask == Mask.SLIDING;
        return looksBack || keys == 0 ? Math.min(queries, keys) : queries;
    }

    /**
     * Pairs of query and key that the mask lets through, in one sequence of these lengths. A token tree is data, not
     * shape: it is counted as a chain, which bounds every tree from above.
     */
    public long visiblePairs(long queries, long keys) {
        return new AttentionWork(this).visiblePairs(queries, keys);
    }

    /** Exponentials taken: a third ceiling beside multiply-adds and bytes. */
    public double exponentials() {
        return new AttentionWork(this).exponentials();
    }

    @Override
    public WorkModel work(Footprint bytes) {
        return new AttentionWork(this).work(bytes);
    }

    /** Rows (a token of one key/value head) of keys that are read; as many of values, unless they are shared. */
    public double keyRowsRead() {
        return new AttentionWork(this).keyRowsRead();
    }

    /**
     * The same attention as two products with a softmax between them: every score, masked or not, is written by the
     * first, read and written by the softmax and read by the second.
     */
    public WorkModel unfusedWork(Footprint bytes) {
        return new AttentionWork(this).unfusedWork(bytes);
    }
}
