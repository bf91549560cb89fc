package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.WorkloadClass;

/** One answer and the probability given to it. */
public record Candidate(WorkloadClass workloadClass, Phase phase, double probability) {}
