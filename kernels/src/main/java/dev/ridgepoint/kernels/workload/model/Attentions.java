package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.workload.Pass;
import java.util.List;

/** Attention shapes of a pass. */
final class Attentions {
    private Attentions() {}

    /** Causal attention (along a token tree where there is one); every beam is a sequence with a cache of its own. */
    static AttentionShape causal(Pass pass, Heads heads) {
        return shape(pass, heads.query(), heads.kv(), heads.dim(), heads.dim(), false);
    }

    static AttentionShape shape(Pass pass, long qHeads, long kvHeads, long dim, long valueDim, boolean shared) {
        Mask mask = pass.tree() ? Mask.TREE : Mask.CAUSAL;
        if (pass.isUniform()) {
            return new AttentionShape(
                    pass.streams(),
                    qHeads,
                    kvHeads,
                    pass.newTokens(),
                    pass.keys(),
                    dim,
                    valueDim,
                    mask,
                    0,
                    pass.pageSize(),
                    shared,
                    0,
                    List.of());
        }
        List<Segment> streams = pass.sequences().stream()
                .map(s -> new Segment(s.count() * pass.beams(), s.seqLenQ(), s.seqLenKv()))
                .toList();
        return new AttentionShape(
                1, qHeads, kvHeads, 0, 0, dim, valueDim, mask, 0, pass.pageSize(), shared, 0, streams);
    }

    /** Bidirectional attention of {@code queries} to {@code keys}: an encoder's, or across to one. */
    static AttentionShape full(long batch, Heads heads, long queries, long keys) {
        return AttentionShape.of(batch, heads.query(), heads.kv(), queries, keys, heads.dim(), Mask.FULL);
    }
}
