package dev.ridgepoint.kernels.workload.model;

import java.util.List;

/**
 * Attention heads; the width of a head is explicit because it need not be hidden size over heads.
 *
 * @param query query heads
 * @param kv key/value heads, a divisor of {@code query}
 * @param dim elements a head
 */
record Heads(long query, long kv, long dim) {
    static Heads read(Fields fields, boolean grouped) {
        long query = fields.extent("heads");
        long kv = grouped ? fields.extent("kv_heads") : query;
        if (query % kv != 0) {
            throw fields.error("kv_heads", kv + " key/value heads do not divide heads=" + query);
        }
        return new Heads(query, kv, fields.extent("head_dim"));
    }

    long queryWidth() {
        return query * dim;
    }

    long kvWidth() {
        return kv * dim;
    }

    /** One device's heads; key/value heads are copied where there are fewer of them than devices. */
    Heads split(int devices) {
        Split.check("heads", query, devices);
        if (kv >= devices) {
            Split.check("kv_heads", kv, devices);
        }
        return new Heads(query / devices, Math.max(1, kv / devices), dim);
    }

    /** The fused input projection and the output projection. */
    List<Linear> projections(long hidden) {
        return List.of(Linear.of("qkv", queryWidth() + 2 * kvWidth(), hidden), Linear.of("o", hidden, queryWidth()));
    }

    /** The projections as checkpoints store them. */
    List<Linear> stored(long hidden) {
        return List.of(
                Linear.of("q", queryWidth(), hidden),
                Linear.of("kv", kvWidth(), hidden),
                Linear.of("o", hidden, queryWidth()));
    }
}
