package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.model.Model;
import java.util.Locale;
import java.util.Optional;

/**
 * What the caller says of model, class and role; believed, but not blindly. A class that is stated outweighs what the
 * catalogue thinks of the name: models are put to other uses than their makers'.
 */
final class ContextClues implements Clues {
    /** How seldom somebody names the wrong class of model. */
    private static final double WRONG_CLASS = 1e-4;
    /** How seldom a model of the catalogue is used as another class (a decoder as an encoder). */
    private static final double WRONG_MODEL = 1e-3;
    /** How seldom a model whose relatives are all of one class is of another. */
    private static final double WRONG_RELATIVES = 3e-2;

    private final KnownModels models;
    private final Priors priors;

    ContextClues(Knowledge knowledge) {
        this.models = knowledge.models;
        this.priors = knowledge.priors;
    }

    @Override
    public void weigh(Descriptor descriptor, Belief belief) {
        Context context = descriptor.context();
        Optional<Architecture> byClass = Optional.ofNullable(context.modelCls())
                .flatMap(cls -> Architecture.ofClass(cls.toLowerCase(Locale.ROOT)));
        byClass.ifPresent(a -> belief.add(runBy(a, WRONG_CLASS), () -> "model_cls says " + a.words()));
        byClass.or(() -> Optional.ofNullable(context.model()).flatMap(name -> byName(name, belief)))
                .ifPresent(a -> outsideRequests(a, belief));
        Optional.ofNullable(context.role())
                .flatMap(Roles::of)
                .ifPresent(odds -> belief.add(odds, () -> "role " + context.role()));
    }

    private Optional<Architecture> byName(String name, Belief belief) {
        Optional<Model> known = models.named(name);
        if (known.isPresent()) {
            Architecture architecture = KnownModels.architecture(known.get());
            belief.add(
                    runBy(architecture, WRONG_MODEL),
                    () -> "the catalogue knows " + name + " as " + architecture.words());
            return Optional.of(architecture);
        }
        Optional<Architecture> relatives = models.ofRelatives(name);
        relatives.ifPresent(a -> belief.add(
                runBy(a, WRONG_RELATIVES),
                () -> name + " is not in the catalogue; its namesakes there are each " + a.words()));
        return relatives;
    }

    /** A model's own weights and gradients may turn up under its name. */
    private static Odds runBy(Architecture architecture, double otherwise) {
        return Odds.all(otherwise).but(1, architecture, Architecture.NO_REQUEST);
    }

    /** Of all weight transforms and gradients, this architecture's are as many as its models. */
    private void outsideRequests(Architecture architecture, Belief belief) {
        double share = Math.max(.01, priors.share(architecture));
        belief.add(
                Odds.all(1).but(share, Architecture.NO_REQUEST),
                () -> "a request to " + architecture.words() + " rather than work on its weights");
    }
}
