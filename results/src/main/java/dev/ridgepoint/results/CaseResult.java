package dev.ridgepoint.results;

import dev.ridgepoint.kernels.shape.WorkModel;
import dev.ridgepoint.kernels.workload.Provenance;

/**
 * One row of a run: a question, who answered it, and how that ended. Which members may be null is the schema's to
 * say, and every reader asks it before it makes a record.
 *
 * @param id human name of the case in this run, unique in a bundle: workload id, domain, cache state, and the kernel
 *     where several answer
 * @param caseKey SHA-256 of the question's canonical JSON
 * @param provenance which layer of which model asked, or null
 * @param work the least work of the question
 * @param validity null unless the outcome is measured
 */
public record CaseResult(
        String id,
        String caseKey,
        Question question,
        Subject subject,
        Provenance provenance,
        WorkModel work,
        Outcome outcome,
        Validity validity) {
    public CaseResult {
        if ((validity != null) != (outcome instanceof Outcome.Measured)) {
            throw new IllegalArgumentException("validity: a measured case has one, and no other case has");
        }
        if (subject.emulated() && outcome instanceof Outcome.Measured) {
            throw new IllegalArgumentException("outcome: the emulated driver has no time");
        }
    }

    /** The time, or null where there is none. */
    public Timing timing() {
        return outcome instanceof Outcome.Measured measured ? measured.timing() : null;
    }
}
