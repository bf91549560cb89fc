package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.oracle.Verifier;

/**
 * Checks sets of buffers that answer the same question. Outputs that are byte for byte those of a set found right are
 * right, which is much sooner known than by asking the verifier again; any other outputs it is asked about.
 */
final class SetsChecker {
    private final Verifier verifier;
    private BoundSet right;
    private Verdict verdictOfRight;

    SetsChecker(Verifier verifier) {
        this.verifier = verifier;
    }

    /** The verdict on a set; sets found right must keep their outputs until the last is checked. */
    Verdict check(BoundSet set) {
        if (right != null && set.hasOutputsOf(right)) {
            return verdictOfRight;
        }
        Verdict verdict = verifier.check(set.outputs());
        if (verdict.passed()) {
            right = set;
            verdictOfRight = verdict;
        }
        return verdict;
    }
}
