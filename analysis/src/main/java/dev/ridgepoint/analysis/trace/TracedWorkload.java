package dev.ridgepoint.analysis.trace;

import java.util.List;

/**
 * A trace summed up.
 *
 * @param totalNs GPU time of all kernels, nanoseconds; kernels that ran side by side are counted one after the other
 * @param covered problems that can be asked here, by falling time
 * @param unknown kernels that belong to none, by falling time
 * @param notes what the trace cannot tell, a sentence each
 */
public record TracedWorkload(double totalNs, List<Covered> covered, List<Unknown> unknown, List<String> notes) {

    /** A problem with the time of all kernels that answered it. */
    public record Covered(TracedProblem problem, double ns, long launches) {}

    /** A kernel outside of any such problem. */
    public record Unknown(String kernel, double ns, long launches) {}

    public TracedWorkload {
        covered = List.copyOf(covered);
        unknown = List.copyOf(unknown);
        notes = List.copyOf(notes);
    }

    /** Share of the GPU time that is covered, of one. */
    public double coveredShare() {
        return covered.stream().mapToDouble(Covered::ns).sum() / totalNs;
    }
}
