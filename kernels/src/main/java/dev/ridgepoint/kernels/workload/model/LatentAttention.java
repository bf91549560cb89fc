package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Phase;
import java.util.ArrayList;
import java.util.List;

/**
 * Multi-head latent attention. A prompt expands the latent into a key and a value for each head; a step over the cache
 * absorbs that expansion into the query, so all heads share one key: the latent and its positional part, whose first
 * elements are the value.
 *
 * @param heads query heads
 * @param queryRank width the query is squeezed through, 0 where it is not
 * @param latent width of the cached latent
 * @param plain elements of a head without position
 * @param rotary elements of a head with position, shared by all heads
 * @param value elements of a value head
 */
record LatentAttention(long heads, long queryRank, long latent, long plain, long rotary, long value)
        implements SelfAttention {
    static LatentAttention read(Fields fields) {
        LatentAttention attention = new LatentAttention(
                fields.extent("heads"),
                fields.extentOrNone("q_lora_rank"),
                fields.extent("kv_lora_rank"),
                fields.extent("qk_nope"),
                fields.extent("qk_rope"),
                fields.extent("v_head_dim"));
        if (fields.extent("kv_heads") != attention.heads) {
            throw fields.error("kv_heads", "expanded latent attention has a key for each of heads=" + attention.heads);
        }
        if (fields.extent("head_dim") != attention.keyWidth()) {
            throw fields.error("head_dim", "expected qk_nope + qk_rope = " + attention.keyWidth());
        }
        return attention;
    }

    private long keyWidth() {
        return plain + rotary;
    }

    private long cacheWidth() {
        return latent + rotary;
    }

    private static boolean absorbed(Pass pass) {
        return pass.phase() == Phase.DECODE || pass.phase() == Phase.SPEC_VERIFY;
    }

    @Override
    public List<Linear> projections(Pass pass, long hidden) {
        long share = Split.of("heads", heads, pass.tensorParallel());
        List<Linear> linears = new ArrayList<>(down(hidden, share));
        linears.add(Linear.of("kv_down", cacheWidth(), hidden));
        if (!absorbed(pass)) {
            linears.add(Linear.of("kv_up", share * (plain + value), latent));
        }
        linears.add(Linear.of("o", hidden, share * value));
        return linears;
    }

    /** Where the query is squeezed too, one product does both, and {@code kv_down} alone is the other way. */
    @Override
    public List<Linear> fused(Pass pass, long hidden) {
        return projections(pass, hidden).stream()
                .filter(linear -> queryRank == 0 || !linear.role().equals("kv_down"))
                .toList();
    }

    private List<Linear> down(long hidden, long share) {
        if (queryRank == 0) {
            return List.of(Linear.of("q", share * keyWidth(), hidden));
        }
        return List.of(
                Linear.of("qkv_down", queryRank + cacheWidth(), hidden),
                Linear.of("q_up", share * keyWidth(), queryRank));
    }

    @Override
    public List<Linear> stored(long hidden) {
        List<Linear> linears = new ArrayList<>();
        if (queryRank == 0) {
            linears.add(Linear.of("q", heads * keyWidth(), hidden));
        } else {
            linears.add(Linear.of("q_down", queryRank, hidden));
            linears.add(Linear.of("q_up", heads * keyWidth(), queryRank));
        }
        linears.add(Linear.of("kv_down", cacheWidth(), hidden));
        linears.add(Linear.of("kv_up", heads * (plain + value), latent));
        linears.add(Linear.of("o", hidden, heads * value));
        return linears;
    }

    /** A mixed batch runs as two kernels, one for either form, which the passes of its two halves already ask for. */
    @Override
    public List<LayerOp> kernels(Pass pass) {
        if (pass.phase() == Phase.MIXED_BATCH) {
            return List.of();
        }
        long share = Split.of("heads", heads, pass.tensorParallel());
        if (absorbed(pass)) {
            return List.of(
                    new LayerOp.Attend(
                            "self", Attentions.shape(pass, share, 1, cacheWidth(), latent, true), pass.cached()),
                    ofEachHead("q_absorb", share, pass.rows(), latent, plain),
                    ofEachHead("v_absorb", share, pass.rows(), value, latent));
        }
        return List.of(new LayerOp.Attend(
                "self", Attentions.shape(pass, share, share, keyWidth(), value, false), pass.cached()));
    }

    @Override
    public List<StepPart> kernelsOf(long layers, Pass pass) {
        return kernels(pass).stream().map(op -> new StepPart(op, layers)).toList();
    }

    /** A head's own part of the expansion, [n, k]; nobody quantises these, so they come in plain types. */
    private static LayerOp ofEachHead(String role, long heads, long rows, long n, long k) {
        return new LayerOp.Gemm(role, GemmShape.batched(Math.toIntExact(heads), rows, n, k), true);
    }

    @Override
    public LayerOp quantisedCache(Pass pass) {
        return new LayerOp.Requantise(
                "quant_kv",
                Direction.QUANTIZE,
                pass.rows(),
                latent,
                List.of(QuantFormat.FP8_E4M3_TOKEN, QuantFormat.FP8_E4M3_1X128));
    }
}
