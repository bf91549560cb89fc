package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.Regimes.Reading;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.TaskFamily;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.List;

/**
 * What the classifier believes about one descriptor.
 *
 * @param workloadClass the likeliest class, INDETERMINATE where none reaches {@link Classifier#THRESHOLD}
 * @param phase the likeliest phase of the likeliest class
 * @param taskFamily why, NEUTRAL where neither context nor phase tells
 * @param declared the roofline against datasheet ceilings
 * @param reached the roofline against ceilings the kernel reaches, or null where none were given
 * @param confidence probability of the likeliest class, whether or not it was enough
 * @param candidates at most three answers, likeliest first; their probabilities sum to 1 (see {@link Candidates})
 * @param evidence why, in words, strongest first
 * @param wouldSettle the hint that would settle it, null where it is settled
 */
public record Classification(
        WorkloadClass workloadClass,
        Phase phase,
        TaskFamily taskFamily,
        Reading declared,
        Reading reached,
        double confidence,
        List<Candidate> candidates,
        List<String> evidence,
        String wouldSettle) {
    public Classification {
        candidates = List.copyOf(candidates);
        evidence = List.copyOf(evidence);
    }

    /** What limits the kernel, by the datasheet. */
    public Regime regime() {
        return declared.regime();
    }

    /** Probability of a class among the candidates. */
    public double probability(WorkloadClass wanted) {
        return Candidate.sum(candidates, wanted);
    }
}
