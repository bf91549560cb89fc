package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.GemmShape.Moe;
import dev.ridgepoint.kernels.workload.Pass;
import java.util.ArrayList;
import java.util.List;

/**
 * A mixture of gated experts in place of the feed-forward layer.
 *
 * @param count experts
 * @param topK experts a token visits
 * @param shared experts that every token visits besides
 * @param width inner width of an expert
 * @param denseLayers layers at the start that keep a plain feed-forward layer
 */
record Experts(long count, long topK, long shared, long width, long denseLayers) {
    static Experts readOrNone(Fields fields) {
        if (!fields.has("experts")) {
            return null;
        }
        Experts experts = new Experts(
                fields.extent("experts"),
                fields.extent("top_k"),
                fields.extentOrNone("shared_experts"),
                fields.extent("expert_ffn"),
                fields.extentOrNone("dense_layers"));
        if (experts.topK > experts.count) {
            throw fields.error("top_k", experts.topK + " of experts=" + experts.count);
        }
        return experts;
    }

    /** Router, grouped products, shared experts, and one expert's share of the grouped products. */
    List<LayerOp> on(Pass pass, long hidden) {
        long rows = pass.rows();
        List<LayerOp> ops = new ArrayList<>();
        ops.add(Linear.of("router", count, hidden).plainOn(rows));
        for (Linear linear : linears(pass.tensorParallel(), hidden)) {
            ops.add(linear.on(rows));
        }
        long split = Split.of("expert_ffn", width, pass.tensorParallel());
        long each = moe().rowsOfOne(rows);
        ops.add(Linear.of("expert_up", 2 * split, hidden).on(each));
        ops.add(Linear.of("expert_down", hidden, split).on(each));
        return ops;
    }

    /** What a layer runs: router, grouped products and shared experts, each once. */
    List<LayerOp> step(Pass pass, long hidden) {
        List<LayerOp> ops = new ArrayList<>();
        ops.add(Linear.of("router", count, hidden).plainOn(pass.rows()));
        linears(pass.tensorParallel(), hidden).forEach(linear -> ops.add(linear.on(pass.rows())));
        return ops;
    }

    /** What they read: the tokens once, before they are spread, and inner activations of every expert a token visits. */
    List<StepInput> inputs(Pass pass, long hidden, long layers) {
        long split = Split.of("expert_ffn", width, pass.tensorParallel());
        List<StepInput> inputs = new ArrayList<>();
        inputs.add(new StepInput("quant_eup", pass.rows(), hidden, layers));
        inputs.add(new StepInput("quant_edown", pass.rows() * topK, split, layers));
        if (shared > 0) {
            inputs.add(new StepInput("quant_shared_down", pass.rows(), shared * split, layers));
        }
        return inputs;
    }

    List<Linear> linears(int devices, long hidden) {
        long split = Split.of("expert_ffn", width, devices);
        List<Linear> linears = new ArrayList<>();
        linears.add(new Linear("eup", 2 * split, hidden, moe()));
        linears.add(new Linear("edown", hidden, split, moe()));
        if (shared > 0) {
            linears.add(Linear.of("shared_up", 2 * shared * split, hidden));
            linears.add(Linear.of("shared_down", hidden, shared * split));
        }
        return linears;
    }

    private Moe moe() {
        return new Moe(Math.toIntExact(count), Math.toIntExact(topK));
    }

    List<Linear> stored(long hidden) {
        return List.of(Linear.of("expert_up", width, hidden), Linear.of("expert_down", hidden, width));
    }

    long parameters(long hidden) {
        return count * hidden
                + linears(1, hidden).stream().mapToLong(Linear::parameters).sum();
    }
}
