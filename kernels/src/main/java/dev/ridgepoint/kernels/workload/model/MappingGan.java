package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.List;

/** A generator's mapping network: equal fully connected layers, one after another. */
record MappingGan(Card card, long hidden, long layers) implements Model {
    static Model read(Card card, Fields fields) {
        return new MappingGan(card, fields.extent("hidden"), fields.extent("layers"));
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.GENERATIVE_MEDIA;
    }

    @Override
    public List<Pass> passes() {
        return List.of(Pass.oneShot(1, 1), Pass.oneShot(32, 1));
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case ONE_SHOT -> List.of(Linear.of("fc", hidden, hidden).on(pass.batch()));
            default -> throw noSuchPhase(pass);
        };
    }
}
