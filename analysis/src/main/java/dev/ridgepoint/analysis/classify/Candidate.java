package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import java.util.List;

/** One answer and the probability given to it. */
public record Candidate(WorkloadClass workloadClass, Phase phase, double probability) {
    /** Probability of a class, all its phases together. */
    static double sum(List<Candidate> candidates, WorkloadClass wanted) {
        double sum = 0;
        for (Candidate candidate : candidates) {
            sum += candidate.workloadClass == wanted ? candidate.probability : 0;
        }
        return sum;
    }
}
