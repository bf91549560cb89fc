package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import dev.ridgepoint.kernels.workload.model.Model;
import java.util.Locale;
import java.util.Optional;

/** What the caller says of model, class and role; believed, but not blindly. */
final class ContextClues implements Clues {
    /** How seldom somebody names the wrong class of model. */
    private static final double WRONG_CLASS = 1e-4;
    /** How seldom a model of the catalogue is used as another class (a decoder as an encoder). */
    private static final double WRONG_MODEL = 1e-3;
    /** How seldom a model whose relatives are all of one class is of another. */
    private static final double WRONG_RELATIVES = 3e-2;

    private final KnownModels models;

    ContextClues(KnownModels models) {
        this.models = models;
    }

    @Override
    public void weigh(Descriptor descriptor, Belief belief) {
        Context context = descriptor.context();
        if (context.modelCls() != null) {
            Architecture.ofClass(context.modelCls().toLowerCase(Locale.ROOT))
                    .ifPresent(a -> belief.add(runBy(a, WRONG_CLASS), () -> "model_cls says " + a.words()));
        }
        if (context.model() != null) {
            model(context.model(), belief);
        }
        if (context.role() != null) {
            Roles.of(context.role()).ifPresent(odds -> belief.add(odds, () -> "role " + context.role()));
        }
    }

    private void model(String name, Belief belief) {
        Optional<Model> known = models.named(name);
        if (known.isPresent()) {
            Architecture architecture = KnownModels.architecture(known.get());
            belief.add(
                    runBy(architecture, WRONG_MODEL),
                    () -> "the catalogue knows " + name + " as " + architecture.words());
            return;
        }
        models.ofRelatives(name)
                .ifPresent(a -> belief.add(
                        runBy(a, WRONG_RELATIVES),
                        () -> name + " is not in the catalogue; its namesakes there are each " + a.words()));
    }

    /** Weights and gradients of any model may turn up under its name. */
    private static Odds runBy(Architecture architecture, double otherwise) {
        return Odds.all(otherwise).but(1, architecture, Architecture.NO_REQUEST);
    }
}
