package dev.ridgepoint.analysis.report;

import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.kernels.workload.TaskFamily;
import dev.ridgepoint.kernels.workload.WorkloadClass;
import dev.ridgepoint.results.CaseResult;

/** Says which class a case belongs to; asked by several threads at once. */
@FunctionalInterface
public interface Labeller {
    CaseLabel label(CaseResult result);

    /** What the catalogue states, and for cases from elsewhere what the classifier infers from the shape. */
    static Labeller standard() {
        return new ShapeLabeller(byProvenance());
    }

    /** What the catalogue states about where the case comes from; unknown for cases that come from nowhere. */
    static Labeller byProvenance() {
        return result -> {
            Provenance from = result.provenance();
            if (from == null || from.phase() == null) {
                return CaseLabel.UNKNOWN;
            }
            TaskFamily family = from.family() == null ? TaskFamily.NEUTRAL : from.family();
            WorkloadClass stated = WorkloadClass.of(from.phase(), family);
            return new CaseLabel(stated, from.phase(), from.family(), 1, "stated by the catalogue", null);
        };
    }
}
