package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.TaskFamily;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.List;
import java.util.function.Predicate;

/**
 * Says which workload a kernel's descriptor belongs to, how sure that is, and why.
 *
 * <p>Every {@link Story} has a prior; every clue multiplies it by a stated likelihood; the result is normalised. Nothing
 * is fitted: the tables are stated beliefs and counts over the model catalogue.
 */
public final class Classifier {
    /** Belief a class needs to be named. */
    public static final double THRESHOLD = .6;
    /** Share of descriptors that come about in a way no table foresees: no belief gets nearer to certainty. */
    private static final double UNFORESEEN = .01;

    private final Knowledge knowledge;
    private final List<Clues> clues;

    private Classifier(KnownModels models) {
        this.knowledge = new Knowledge(models);
        this.clues = List.of(
                new TokenClues(),
                new WeightClues(knowledge),
                new CacheClues(),
                new AttentionClues(knowledge),
                new QuantizeClues(knowledge),
                new ContextClues(knowledge));
    }

    private static final class Holder {
        static final Classifier STANDARD = new Classifier(KnownModels.load());
    }

    /** The classifier that knows the whole catalogue; immutable, so one is enough. */
    public static Classifier standard() {
        return Holder.STANDARD;
    }

    /** The classifier as it would be had some models never been in the catalogue. */
    public static Classifier forgetting(Predicate<String> modelNames) {
        return new Classifier(KnownModels.load().without(modelNames));
    }

    /**
     * Classifies one descriptor.
     *
     * @throws IllegalArgumentException for an operation of which nothing is believed
     */
    public Classification classify(Descriptor descriptor) {
        Belief belief = new Belief(knowledge.priors.of(descriptor.shape().op()));
        double[] before = knowledge.priors.probabilities(descriptor.shape().op());
        for (Clues source : clues) {
            source.weigh(descriptor, belief);
        }
        double[] stories = belief.posterior();
        for (int i = 0; i < stories.length; i++) {
            stories[i] = (1 - UNFORESEEN) * stories[i] + UNFORESEEN * before[i];
        }
        return answer(descriptor, belief, stories);
    }

    private Classification answer(Descriptor descriptor, Belief belief, double[] stories) {
        List<Candidate> candidates = new Candidates(stories).list();
        WorkloadClass likeliest = candidates.get(0).workloadClass();
        Phase phase = candidates.get(0).phase();
        double confidence = Candidate.sum(candidates, likeliest);
        Regimes.Reading declared = Regimes.read(descriptor.work(), descriptor.declared());
        Regimes.Reading reached =
                descriptor.reached() == null ? null : Regimes.read(descriptor.work(), descriptor.reached());
        Explanation explanation = new Explanation(descriptor, belief, stories, candidates.get(0));
        return new Classification(
                confidence >= THRESHOLD ? likeliest : WorkloadClass.INDETERMINATE,
                phase,
                family(descriptor, phase, stories),
                declared,
                reached,
                confidence,
                candidates,
                explanation.evidence(declared, reached),
                explanation.wouldSettle(confidence));
    }

    /** Context tells why work is done; without it only phases that have a single purpose do. */
    private static TaskFamily family(Descriptor descriptor, Phase phase, double[] stories) {
        Context context = descriptor.context();
        boolean told = context.model() != null || context.modelCls() != null;
        double[] families = new double[TaskFamily.values().length];
        for (Story story : Story.values()) {
            if (told || phase == Phase.DENOISE || phase == Phase.ONE_SHOT) {
                families[story.architecture().family().ordinal()] += stories[story.ordinal()];
            }
        }
        for (TaskFamily family : TaskFamily.values()) {
            if (families[family.ordinal()] >= THRESHOLD) {
                return family;
            }
        }
        return TaskFamily.NEUTRAL;
    }
}
