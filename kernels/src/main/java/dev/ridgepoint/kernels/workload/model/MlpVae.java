package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.List;

/** The first variational autoencoder: one hidden layer on either side of a small latent. */
record MlpVae(Card card, long input, long hidden, long latent) implements Model {
    static Model read(Card card, Fields fields) {
        return new MlpVae(card, fields.extent("input"), fields.extent("hidden"), fields.extent("latent"));
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.GENERATIVE_MEDIA;
    }

    @Override
    public List<Pass> passes() {
        return List.of(Pass.oneShot(1, 1), Pass.oneShot(128, 1));
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case ONE_SHOT ->
                List.of(
                        Linear.of("enc", hidden, input).on(pass.batch()),
                        // Mean and log-variance in one product.
                        Linear.of("enc_out", 2 * latent, hidden).on(pass.batch()),
                        Linear.of("dec", hidden, latent).on(pass.batch()),
                        Linear.of("dec_out", input, hidden).on(pass.batch()));
            default -> throw noSuchPhase(pass);
        };
    }
}
