package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * A diffusion model that is a plain transformer over patches (DiT), steered by a modulation of every layer.
 *
 * @param tokens patches at the published image sizes
 */
record DiffusionTransformer(Card card, long layers, long hidden, Heads heads, FeedForward ffn, List<Long> tokens)
        implements Model {
    /** Shift, scale and gate for attention and again for the feed-forward layer. */
    private static final long MODULATIONS = 6;

    static Model read(Card card, Fields fields) {
        return new DiffusionTransformer(
                card,
                fields.extent("layers"),
                fields.extent("hidden"),
                Heads.read(fields, false),
                new FeedForward(fields.extent("ffn"), false, Epilogue.NONE),
                fields.extents("tokens"));
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.GENERATIVE_MEDIA;
    }

    @Override
    public List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        for (long length : tokens) {
            passes.add(Pass.denoise(2, length));
            passes.add(Pass.denoise(16, length));
        }
        return passes;
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case DENOISE -> denoise(pass);
            default -> throw noSuchPhase(pass);
        };
    }

    private List<LayerOp> denoise(Pass pass) {
        List<LayerOp> ops = new ArrayList<>();
        heads.projections(hidden).forEach(linear -> ops.add(linear.on(pass.rows())));
        ffn.projections(hidden).forEach(linear -> ops.add(linear.on(pass.rows())));
        ops.add(Linear.of("modulation", MODULATIONS * hidden, hidden).on(pass.batch()));
        ops.add(new LayerOp.Attend("self", Attentions.full(pass.batch(), heads, pass.keys(), pass.keys()), false));
        return ops;
    }
}
