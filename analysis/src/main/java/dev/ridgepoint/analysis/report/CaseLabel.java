package dev.ridgepoint.analysis.report;

import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.TaskFamily;
import dev.ridgepoint.kernels.workload.WorkloadClass;

/**
 * Which side of the ridge a case's workload lives on, and how that is known.
 *
 * @param workloadClass the headline label
 * @param phase how tokens arrive, null where nobody knows
 * @param family why the work is done, null where nobody knows
 * @param probability 1 where the catalogue states it, else the classifier's belief
 * @param basis one sentence: who says so
 * @param fromShape the class the classifier names when shown the shape alone, null where it was not asked
 */
public record CaseLabel(
        WorkloadClass workloadClass,
        Phase phase,
        TaskFamily family,
        double probability,
        String basis,
        WorkloadClass fromShape) {
    /** Nothing is known. */
    public static final CaseLabel UNKNOWN =
            new CaseLabel(WorkloadClass.INDETERMINATE, null, null, 0, "neither catalogue nor shape tells", null);

    /** Whether the catalogue states it. */
    public boolean stated() {
        return probability == 1;
    }

    /** The same label with the classifier's answer beside it. */
    CaseLabel beside(WorkloadClass other) {
        return new CaseLabel(workloadClass, phase, family, probability, basis, other);
    }
}
