package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * The autoencoder of a latent diffusion model: its middle block attends over all latent pixels.
 *
 * @param hidden channels of the middle block
 * @param tokens latent pixels at the published image sizes
 */
record LatentVae(Card card, long hidden, Heads heads, List<Long> tokens) implements Model {
    private static final long CONV_TAPS = 9;

    static Model read(Card card, Fields fields) {
        return new LatentVae(card, fields.extent("hidden"), Heads.read(fields, false), fields.extents("tokens"));
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.GENERATIVE_MEDIA;
    }

    @Override
    public List<Pass> passes() {
        return tokens.stream().map(length -> Pass.oneShot(1, length)).toList();
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case ONE_SHOT -> decode(pass);
            default -> throw noSuchPhase(pass);
        };
    }

    private List<LayerOp> decode(Pass pass) {
        List<LayerOp> ops = new ArrayList<>();
        heads.projections(hidden).forEach(linear -> ops.add(linear.on(pass.rows())));
        ops.add(new LayerOp.Attend("self", Attentions.full(pass.batch(), heads, pass.keys(), pass.keys()), false));
        ops.add(DerivedWork.convolution("conv", "conv 3x3", pass.rows(), hidden, hidden, CONV_TAPS));
        return ops;
    }
}
